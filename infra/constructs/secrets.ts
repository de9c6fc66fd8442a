import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * A secret whose value a person stores after the deploy. It is created empty, and the functions fail closed. CDK's own
 * `Secret` would generate a value, which would look configured and make every call fail.
 */
export class ManualSecret extends Construct {
  /** The ARN. AWS accepts it wherever it wants a secret's id. */
  readonly arn: string;

  /** @param name what it is. The stack's name stands before it */
  constructor(scope: Construct, id: string, name: string, description: string) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    const secret = new CfnSecret(this, 'Default', { name: `${stackName}/${name}`, description });
    // The value exists nowhere else, so the secret outlives the stack. A deploy that fails leaves no empty one behind.
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.arn = secret.ref;
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'A partner issues or registers the value, so a person rotates it: docs/operations.md, Keys.',
    });
  }

  /** Lets a function read the value, the current one and the previous one. @returns the secret's id */
  grantRead(grantee: IGrantable): string {
    const actions = ['secretsmanager:GetSecretValue'];
    Grant.addToPrincipal({ grantee, actions, resourceArns: [this.arn] });
    return this.arn;
  }
}

/** The secrets that must have a value before the bridge works. */
export class BridgeSecrets extends Construct {
  readonly igfKey = new ManualSecret(this, 'IgfKey', 'igf-key', 'Our api-key at ItGoesForward');
  private readonly winkelstraatKey = new ManualSecret(
    this,
    'WinkelstraatKey',
    'winkelstraat-key',
    'Winkelstraat sends it in x-api-key',
  );
  /** IGF does not sign its webhooks, so the URLs that it posts to end in a secret. */
  private readonly igfPathToken = new ManualSecret(
    this,
    'IgfPathToken',
    'igf-path-token',
    'Last part of the webhook URLs that are registered at ItGoesForward',
  );

  /** Fill each one from standard input: docs/deploy.md. */
  readonly outputs = {
    WinkelstraatKeySecret: this.winkelstraatKey.arn,
    IgfKeySecret: this.igfKey.arn,
    IgfPathTokenSecret: this.igfPathToken.arn,
  };

  /** The key by which a sender authenticates. @throws Error for one without a secret: every webhook would be refused */
  senderKey(sender: string): ManualSecret {
    if (sender === 'winkelstraat') return this.winkelstraatKey;
    if (sender === 'igf') return this.igfPathToken;
    throw new Error(`Sender ${sender} has no secret. Add one to infra/constructs/secrets.ts.`);
  }
}
