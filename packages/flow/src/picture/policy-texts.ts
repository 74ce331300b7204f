import { durationText } from '../duration.ts';
import type { Policies } from '../options.ts';
import { type IsolationPolicy, isolationTexts } from '../policies/isolation.ts';
import type { RetryPolicy } from '../policies/retry.ts';
import { type SchedulingPolicy, schedulingTexts } from '../policies/scheduling.ts';
import { type Plain, type PolicyData, policyData } from './policy-data.ts';

/** Policies that have words of their own. */
const WORDS: { readonly [name: string]: (policy: never) => readonly string[] } = {
  retry: ({ retries, backoff }: RetryPolicy) => [`retry ${retries} × ${backoff}`],
  scheduling: (scheduling: SchedulingPolicy) => schedulingTexts(scheduling),
  isolation: (isolation: IsolationPolicy) => isolationTexts(isolation),
};

/** Policies in words: `retry 3 × exponential`, `timeout 10 s`. One that has none of its own is named, with its settings. */
export function policyTexts(policies: Policies): string[] {
  const data = policyData(policies);
  return Object.keys(data).flatMap((name) => {
    const words = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
    return words === undefined ? textsOf(name, data[name]!) : words(policies[name as keyof Policies] as never);
  });
}

function textsOf(name: string, value: Plain): readonly string[] {
  const isMs = name.endsWith('Ms') && typeof value === 'number';
  const words = wordsOf(isMs ? name.slice(0, -'Ms'.length) : name);
  if (value === false) return [];
  if (value === true) return [words];
  if (typeof value !== 'object' || value === null) return [`${words} ${isMs ? durationText(value) : String(value)}`];
  const inside = Array.isArray(value)
    ? value.map(String)
    : Object.entries(value as PolicyData).flatMap(([key, each]) => textsOf(key, each));
  return [`${words} (${inside.join(', ')})`];
}

/** `concurrencyKey` as `concurrency key`. */
function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}
