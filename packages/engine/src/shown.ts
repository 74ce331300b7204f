import { ArgumentList } from '@holon/flow';

/** A value as people see it: several arguments are a list. */
export function shown(value: unknown): unknown {
  return value instanceof ArgumentList ? value.values : value;
}
