import type { FastifyRequest } from 'fastify';
import { Fault } from '../faults.ts';
import { operations } from '../operations.ts';
import { readControl, unclear } from './reading.ts';

const known = ['*', ...operations.map((operation) => operation.name)];

export function readFault(request: FastifyRequest): Fault {
  const fault = readControl(Fault, request);
  if (!known.includes(fault.operation)) {
    throw unclear([{ path: 'operation', message: `must be one of: ${known.join(', ')}` }]);
  }
  return fault;
}
