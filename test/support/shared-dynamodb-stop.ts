export { stop as default } from './shared-dynamodb.ts';
