import { onABusyDay } from './busy-day.ts';
import type { Fault } from './fault.ts';
import { ofTheStage } from './stage.ts';
import { ofWebhooks } from './webhooks.ts';
import { ofWorkers } from './workers.ts';

export const faults: readonly Fault[] = [...onABusyDay, ...ofWebhooks, ...ofWorkers, ...ofTheStage];
