import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type GrantOnPrincipalOptions, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { rejectedPrefix } from '../../lib/table/keys.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

const tasksIndex = 'tasks';
const personIndex = 'person';

/** `ForAllValues` is true for a call without keys, so `Null` asks for one. */
const onlyRejected = {
  conditions: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${rejectedPrefix}*`] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  },
};

/** The one table, with every order. It outlives the stack and is protected from deletion. */
export class OrderTable extends Construct {
  readonly name: string;
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'Default', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      // A loop can't write without bound: some 100 webhooks a second reach this. Calls beyond it are retried.
      maxWriteRequestUnits: 500,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      // A first deploy that fails leaves the table, empty and free of charge. CloudFormation could not delete what is
      // protected, and the rollback itself would fail. docs/deploy.md says how to delete it.
      removalPolicy: RemovalPolicy.RETAIN,
      timeToLiveAttribute: 'expiresAt',
    });
    this.name = this.table.tableName;

    // The index lists open tasks. It is sparse: an item is in it only while it has the attributes `task` and `due`. It
    // holds keys only: what it held more would be written, and billed, with each write of the item. The index lags behind
    // the table, so its readers read each item itself.
    this.table.addGlobalSecondaryIndex({
      indexName: tasksIndex,
      partitionKey: text('task'),
      sortKey: text('due'),
      projectionType: ProjectionType.KEYS_ONLY,
    });

    // The index finds the orders of a person, for an operator who erases them. No function reads it.
    this.table.addGlobalSecondaryIndex({
      indexName: personIndex,
      partitionKey: text('emailHash'),
      sortKey: text('pk'),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  /** Lets a function read and write items one by one or by partition: no scan, no delete, no index. */
  grantReadWrite(fn: IGrantable): { TABLE_NAME: string } {
    return this.allow(fn, ['GetItem', 'PutItem', 'Query', 'UpdateItem']);
  }

  /** Lets a function read and write rejected deliveries one by one, and no other item. */
  grantReadWriteRejected(fn: IGrantable): { TABLE_NAME: string } {
    return this.allow(fn, ['GetItem', 'PutItem'], onlyRejected);
  }

  /** Lets a function read single items, and write rejected deliveries one by one. */
  grantReadAndWriteRejected(fn: IGrantable): { TABLE_NAME: string } {
    this.allow(fn, ['PutItem'], onlyRejected);
    return this.allow(fn, ['GetItem']);
  }

  grantQueryTasks(fn: IGrantable): { TASKS_INDEX: string } {
    this.allow(fn, ['Query'], { resourceArns: [`${this.table.tableArn}/index/${tasksIndex}`] });
    return { TASKS_INDEX: tasksIndex };
  }

  private allow(
    grantee: IGrantable,
    actions: readonly string[],
    more: Partial<GrantOnPrincipalOptions> = {},
  ): { TABLE_NAME: string } {
    Grant.addToPrincipal({
      grantee,
      actions: actions.map((action) => `dynamodb:${action}`),
      resourceArns: [this.table.tableArn],
      ...more,
    });
    return { TABLE_NAME: this.name };
  }
}
