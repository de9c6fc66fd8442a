import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * A secret that a person puts in by hand. It is created without a value: CDK's own `Secret` would generate one, which
 * would look configured and refuse every call. Without one, the functions fail closed.
 */
export class HandFilledSecret extends Construct {
  /** The ARN, which AWS takes wherever it asks for a secret's id. */
  readonly arn: string;

  constructor(scope: Construct, id: string, description: string) {
    super(scope, id);
    const secret = new CfnSecret(this, 'Default', { description });
    // A value put in by hand exists nowhere else: it outlives the stack.
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.arn = secret.ref;
  }

  /** Lets a function read the value, the current one and the previous one. @returns the id to read it by */
  letRead(reader: IGrantable): string {
    reader.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.arn] }),
    );
    return this.arn;
  }
}

/** Everything that must be put in by hand before the bridge can work. */
export class BridgeSecrets extends Construct {
  /** The key that we show to IGF. */
  readonly igfKey = new HandFilledSecret(this, 'IgfKey', 'Our api-key at ItGoesForward');
  private readonly winkelstraatKey = new HandFilledSecret(
    this,
    'WinkelstraatKey',
    'Winkelstraat sends it in x-api-key',
  );
  /** IGF signs nothing, so the URLs that it posts to end in a secret. */
  private readonly igfPathToken = new HandFilledSecret(
    this,
    'IgfPathToken',
    'Last part of the URLs registered at IGF',
  );

  /** Which secrets to fill: `aws secretsmanager put-secret-value --secret-id <value> --secret-string …`. */
  readonly outputs = {
    WinkelstraatKeySecret: this.winkelstraatKey.arn,
    IgfKeySecret: this.igfKey.arn,
    IgfPathTokenSecret: this.igfPathToken.arn,
  };

  /**
   * What a sender shows to us.
   * @throws Error for a sender of the catalogue that has no secret yet: its door would stay closed.
   */
  shownBy(sender: string): HandFilledSecret {
    if (sender === 'winkelstraat') return this.winkelstraatKey;
    if (sender === 'igf') return this.igfPathToken;
    throw new Error(`Sender ${sender} has no secret in infra/constructs/secrets.ts.`);
  }
}
