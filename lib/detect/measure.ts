import { Duration } from 'aws-cdk-lib';
import type { CfnAlarm, CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';

/** A statistic of one metric. */
export interface Statistic {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly statistic: 'Minimum' | 'Maximum' | 'Sum';
  readonly period: Duration;
  readonly unit?: 'Count';
}

/** An expression over statistics, by the names that it has for them. */
export interface Expression {
  readonly expression: string;
  readonly label: string;
  readonly over: { readonly [name: string]: Statistic };
}

/** What an alarm watches. */
export type Measure = Statistic | Expression;

/** The properties of an alarm that say what it watches. */
export function watched(measure: Measure): Partial<CfnAlarmProps> {
  if ('expression' in measure) {
    const { expression, label, over } = measure;
    return { metrics: [{ id: 'expr_1', expression, label, returnData: true }, ...Object.entries(over).map(([id, statistic]) => queried(id, statistic))] };
  }
  const { namespace, metricName, statistic, period, unit } = measure;
  return { namespace, metricName, dimensions: dimensionsOf(measure), statistic, period: period.toSeconds(), unit };
}

function queried(id: string, measure: Statistic): CfnAlarm.MetricDataQueryProperty {
  const { namespace, metricName, statistic, period, unit } = measure;
  return { id, metricStat: { metric: { namespace, metricName, dimensions: dimensionsOf(measure) }, period: period.toSeconds(), stat: statistic, unit }, returnData: false };
}

function dimensionsOf({ dimensions }: Statistic): CfnAlarm.DimensionProperty[] {
  return Object.keys(dimensions).sort().map((name) => ({ name, value: dimensions[name] ?? '' }));
}
