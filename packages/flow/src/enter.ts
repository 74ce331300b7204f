import { currentCell } from './ambient.ts';
import { DEFINITION } from './brand.ts';
import { callDirectly } from './direct-port.ts';
import type { AnyFlow } from './flow.ts';
import { ArgumentList } from './port.ts';

/** A flow was called as a function: whoever runs the calling body takes the call, else it is a direct call. */
export function enter(flow: AnyFlow, args: readonly unknown[]): unknown {
  const input = args.length === 1 ? args[0] : args.length === 0 ? undefined : new ArgumentList(args);
  const cell = currentCell();
  if (cell !== undefined) return cell.callFlow(flow, input);
  return callDirectly(flow[DEFINITION], input);
}
