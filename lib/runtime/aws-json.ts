import { awsAttempts, awsRequestSeconds } from '../config/timing.ts';
import { connectionsTo, type SharedTls } from './aws-connections.ts';
import { signedHeaders } from './aws-signature.ts';
import { environmentCredentials } from './shims/environment-credentials.ts';

/** The services that are called this way, all in AWS's JSON protocols. */
const services = {
  sqs: { target: 'AmazonSQS', version: '1.0', endpoint: 'AWS_ENDPOINT_URL_SQS' },
  secretsmanager: { target: 'secretsmanager', version: '1.1', endpoint: 'AWS_ENDPOINT_URL_SECRETS_MANAGER' },
} as const;

/** A call that AWS did not carry out. Its name is AWS's code, such as `ResourceNotFoundException`. It quotes no answer. */
class AwsCallError extends Error {
  readonly status: number;

  constructor(code: string, status: number) {
    super(`AWS answered with status ${status}.`);
    this.name = code;
    this.status = status;
  }
}

/**
 * A small client of an AWS service, for functions whose cold start a sender waits for. It does what the SDK's clients do
 * for them: signature, endpoints, trace header, timeouts and retries.
 * @param variables Lambda's environment
 */
export class AwsJsonClient {
  readonly #service: keyof typeof services;
  readonly #variables: NodeJS.ProcessEnv;
  readonly #url: URL;
  readonly #connections: ReturnType<typeof connectionsTo>;

  constructor(service: keyof typeof services, variables = process.env, shared: SharedTls = {}) {
    this.#service = service;
    this.#variables = variables;
    const configured = variables[services[service].endpoint] || variables.AWS_ENDPOINT_URL;
    this.#url = new URL(configured || `https://${service}.${variables.AWS_REGION}.amazonaws.com`);
    this.#connections = connectionsTo(this.#url, awsRequestSeconds * 1000, shared);
  }

  /** Opens the connection that the next call takes. @throws the system's error */
  open(): Promise<void> {
    return this.#connections.open();
  }

  /**
   * Calls an operation, and once more after a pause where that may help.
   * @returns what AWS answered
   * @throws AwsCallError or the system's error
   */
  async call(operation: string, input: object): Promise<unknown> {
    const body = JSON.stringify(input);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(operation, body);
      } catch (error) {
        const longestPauseMs = pauseAfter(error);
        if (longestPauseMs === undefined || attempt === awsAttempts) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * longestPauseMs));
      }
    }
  }

  async #attempt(operation: string, body: string): Promise<unknown> {
    const { target, version } = services[this.#service];
    const { AWS_REGION: region = '', _X_AMZN_TRACE_ID: trace } = this.#variables;
    const headers = {
      host: this.#url.host,
      'content-type': `application/x-amz-json-${version}`,
      'x-amz-target': `${target}.${operation}`,
    };
    const scope = { service: this.#service, region, now: Date.now() };
    const signed = signedHeaders(headers, body, { ...scope, ...environmentCredentials(this.#variables) });
    // A load balancer on the way may add to this header, so no signature covers it.
    const traced = { ...signed, ...(trace && { 'x-amzn-trace-id': trace }) };
    const { status, text } = await this.#connections.post(traced, body);
    const answer = parse(text);
    if (status === 200 && answer) return answer;
    // Such as `com.amazonaws.sqs#QueueDoesNotExist`.
    throw new AwsCallError(String(answer?.__type ?? 'UnreadableAnswer').replace(/^.*#/, ''), status);
  }
}

function parse(text: string): { readonly __type?: unknown } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The SDK's longest pauses before the second attempt, in milliseconds. Undefined where another attempt is in vain. */
function pauseAfter(error: unknown): number | undefined {
  if (!(error instanceof AwsCallError)) return 50;
  if (error.status === 429 || /thrott|too ?many|limit ?exceeded/i.test(error.name)) return 1000;
  return error.status >= 500 || error.status === 200 ? 50 : undefined;
}
