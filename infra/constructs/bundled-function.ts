import { type IGrantable, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface BundledFunctionProps<Variables extends Record<string, string>> {
  /** What a person reads in the console's list of functions. */
  readonly description: string;
  /** The folder with the function's bundle, see `infra/bundle.ts`. */
  readonly code: string;
  readonly timeoutSeconds: number;
  /** How long logs are kept; a number of days that CloudWatch knows. */
  readonly logRetentionDays: number;
  /**
   * Whether stack traces show source positions. Reading the map costs a cold start some 15 ms, so this is for functions
   * that nobody waits for; the map lies beside the code either way.
   */
  readonly sourceMaps: boolean;
  /**
   * Gives the function what it works with: each resource's `let…` grants the access and answers with the variables that
   * go with it, so neither can be had without the other.
   */
  readonly environment: (self: IGrantable) => Variables;
}

/**
 * A Lambda as every function here is one: Node on arm64, an esbuild bundle, JSON logs that end by themselves, traces, and
 * a role that may do nothing but what is granted by name.
 */
export class BundledFunction<Variables extends Record<string, string>> extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: BundledFunctionProps<Variables>) {
    super(scope, id);
    // Logs go when the stack goes: what must outlive it is in the table.
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });

    // Not AWS's managed policy for Lambdas: it lets a function write into every log group of the account.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );

    this.lambda = new LambdaFunction(this, 'Default', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(props.code),
      handler: 'index.handler',
      role: this.role,
      environment: {
        ...props.environment(this.role),
        ...(props.sourceMaps && { NODE_OPTIONS: '--enable-source-maps' }),
      },
      timeout: Duration.seconds(props.timeoutSeconds),
      // CPU comes with memory. A call waits for others most of its time, and less memory would double the time of the TLS
      // handshakes and parsing at a cold start; more would be paid for waiting.
      memorySize: 512,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
    });
  }
}
