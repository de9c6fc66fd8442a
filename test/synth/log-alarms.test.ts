import { alarms, ingestAlarms } from '../../lib/config/log-lines.ts';
import { environmentOf } from './architecture.ts';
import { at, list, synthesizeStage } from './template.ts';

const template = synthesizeStage({ stage: 'test' });
const callers = template
  .all('AWS::Lambda::Function')
  .filter((fn) => 'IGF_BASE_URL' in environmentOf(fn))
  .map((fn) => at(fn.properties, 'LoggingConfig', 'LogGroup'));

test.each(Object.entries(alarms))(
  'the step %s raises the alarm from each function that calls IGF',
  (step, description) => {
    const filters = template
      .all('AWS::Logs::MetricFilter')
      .filter(({ properties }) => properties.FilterPattern === `{ $.message.step = "${step}" }`);
    const transformations = filters.flatMap(({ properties }) => list(properties.MetricTransformations));

    expect(filters.map(({ properties }) => properties.LogGroupName).sort()).toEqual([...callers].sort());
    expect(transformations).toEqual(
      callers.map(() => ({ MetricNamespace: template.stackName, MetricName: step, MetricValue: '1' })),
    );
    const alarm = template.one('AWS::CloudWatch::Alarm', ({ properties }) => properties.MetricName === step);
    expect(alarm.properties).toMatchObject({
      AlarmDescription: description,
      Namespace: template.stackName,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
    });
  },
);

test('three functions call IGF', () => {
  expect(callers).toHaveLength(3);
});

test.each(Object.entries(ingestAlarms))(
  'the step %s raises the alarm from each ingest function',
  (step, text) => {
    const ingest = template
      .all('AWS::Lambda::Function')
      .filter((fn) => 'SENDER_KEY_SECRET_ID' in environmentOf(fn))
      .map((fn) => at(fn.properties, 'LoggingConfig', 'LogGroup'));
    const filters = template
      .all('AWS::Logs::MetricFilter')
      .filter(({ properties }) => properties.FilterPattern === `{ $.message.step = "${step}" }`);

    expect(ingest).toHaveLength(22);
    expect(filters.map(({ properties }) => properties.LogGroupName).sort()).toEqual([...ingest].sort());
    const alarm = template.one('AWS::CloudWatch::Alarm', ({ properties }) => properties.MetricName === step);
    expect(alarm.properties).toMatchObject({ AlarmDescription: text, Threshold: 0 });
  },
);
