import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { rejectedPrefix } from '../../lib/table/keys.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

const tasksIndex = 'tasks';

/** The one table: the story of every order. It outlives the stack, and nobody deletes it by accident. */
export class BridgeTable extends Construct {
  readonly name: string;
  private readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'Default', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      timeToLiveAttribute: 'expiresAt',
    });
    this.name = this.table.tableName;

    // Both indexes are sparse: an item is in one only while it has the index's attributes. What must be right never reads
    // them. `tasks` lists what waits for somebody, with the whole item, so that one look in the console says why.
    this.table.addGlobalSecondaryIndex({
      indexName: tasksIndex,
      partitionKey: text('task'),
      sortKey: text('due'),
      projectionType: ProjectionType.ALL,
    });
    // Finds what is kept of a person; the keys are enough to erase it.
    this.table.addGlobalSecondaryIndex({
      indexName: 'person',
      partitionKey: text('emailHash'),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  /** Lets a worker read and write the stories of orders, item by item: no scan, no delete, no index. */
  letKeepStories(worker: IGrantable): { TABLE_NAME: string } {
    worker.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
        resources: [this.table.tableArn],
      }),
    );
    return { TABLE_NAME: this.name };
  }

  /** Lets a function read and write rejected deliveries, item by item, and no other item. */
  letKeepRejected(worker: IGrantable): { TABLE_NAME: string } {
    worker.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        resources: [this.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${rejectedPrefix}*`] } },
      }),
    );
    return { TABLE_NAME: this.name };
  }

  /** Lets a function look up single items. */
  letLookUp(reader: IGrantable): void {
    reader.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [this.table.tableArn] }),
    );
  }

  /** Lets a function list what waits for somebody. */
  letListWork(reader: IGrantable): { TASKS_INDEX: string } {
    reader.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:Query'],
        resources: [`${this.table.tableArn}/index/${tasksIndex}`],
      }),
    );
    return { TASKS_INDEX: tasksIndex };
  }
}
