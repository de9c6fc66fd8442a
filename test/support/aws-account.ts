import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../infra/local/listen.ts';
import { host } from '../../infra/local-services.ts';

/** The part of an AWS account that operator commands see: stacks with their outputs, and secrets. */
export interface AwsAccount {
  readonly url: string;
  /** Outputs by stack name. */
  readonly stacks: Map<string, Record<string, string>>;
  /** Values by secret id; a secret without a value is in it too. */
  readonly secrets: Map<string, string | undefined>;
  /** Such as `cloudformation.DescribeStacks`, in the order of the calls. */
  readonly calls: string[];
  /** The regions that calls were signed for. */
  readonly regions: Set<string>;
  /** Answers every call with this error code, or normally again when undefined. */
  refuse(code: string | undefined): void;
  close(): Promise<void>;
}

/** Starts a stub of CloudFormation (`DescribeStacks`) and Secrets Manager (`GetSecretValue`, `PutSecretValue`). */
export async function startAwsAccount(): Promise<AwsAccount> {
  const stacks: AwsAccount['stacks'] = new Map();
  const secrets: AwsAccount['secrets'] = new Map();
  const calls: string[] = [];
  const regions = new Set<string>();
  let refusal: string | undefined;

  const describeStacks = (name: string): Answer => {
    const outputs = stacks.get(name);
    if (refusal) return [403, queryError(refusal, 'You may not.')];
    if (!outputs) return [400, queryError('ValidationError', `Stack with id ${name} does not exist`)];
    const members = Object.entries(outputs).map(
      ([key, value]) =>
        `<member><OutputKey>${key}</OutputKey><OutputValue>${escaped(value)}</OutputValue></member>`,
    );
    return [
      200,
      `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>
        <member><StackName>${name}</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>
        <CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${members.join('')}</Outputs></member>
        </Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    ];
  };
  const secretsManager = (operation: string, input: Record<string, string>): Answer => {
    const { SecretId: id = '', SecretString: value } = input;
    if (refusal) return [400, jsonError(refusal)];
    if (!secrets.has(id)) return [400, jsonError('ResourceNotFoundException')];
    if (operation === 'PutSecretValue') secrets.set(id, value);
    else if (secrets.get(id) === undefined) return [400, jsonError('ResourceNotFoundException')];
    return [200, JSON.stringify({ ARN: id, SecretString: secrets.get(id) })];
  };

  const server = createServer(async (request, response) => {
    const body = await text(request);
    const target = String(request.headers['x-amz-target'] ?? '');
    regions.add(String(request.headers.authorization).split('/')[2] ?? '');
    const form = new URLSearchParams(body);
    calls.push(target || `cloudformation.${form.get('Action')}`);
    const [status, answer] = target
      ? secretsManager(target.split('.')[1] ?? '', JSON.parse(body))
      : describeStacks(form.get('StackName') ?? '');
    response.writeHead(status, { 'content-type': target ? 'application/x-amz-json-1.1' : 'text/xml' });
    response.end(answer);
  });
  const port = await listen(server, 0);
  return {
    url: `http://${host}:${port}`,
    stacks,
    secrets,
    calls,
    regions,
    refuse: (code) => {
      refusal = code;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answer = [status: number, body: string];

const queryError = (code: string, message: string): string =>
  `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>
    <Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;

const jsonError = (type: string): string => JSON.stringify({ __type: type, message: type });

const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
