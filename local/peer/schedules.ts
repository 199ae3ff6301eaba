import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import type { FunctionInvoker } from '../rest-api/invocation';

const UNITS: { readonly [unit: string]: number } = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Invokes the functions of EventBridge rules at their rates; `cron` schedules never come. */
export function startSchedules(assembly: EnvironmentAssembly, functions: FunctionInvoker): { close(): Promise<void> } {
  const timers = assembly.resources('AWS::Events::Rule').flatMap(({ properties }) => {
    const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(properties.ScheduleExpression ?? '')) ?? [];
    if (count === undefined) return [];
    const targets = (properties.Targets ?? []) as unknown as readonly { readonly Arn: string }[];
    return [setInterval(() => { for (const { Arn } of targets) void functions.invoke(Arn, { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }); }, Number(count) * UNITS[unit]!)];
  });
  for (const timer of timers) timer.unref();
  return { close: () => { timers.forEach(clearInterval); return Promise.resolve(); } };
}
