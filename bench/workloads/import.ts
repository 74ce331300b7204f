import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Gauge, Row, Variant } from '../row.ts';

/** What loading the packages costs a process that does nothing else. */
export const rows: readonly Row[] = [
  {
    name: 'import',
    title: 'import into a bare Node',
    unit: 'ms',
    per: 'process',
    variants: {
      'Holon (flow and engine)': importing('@holon/flow', '@holon/engine'),
      nothing: { open: async () => gauge('') },
      xstate: importing('xstate'),
      zod: importing('zod'),
      effect: importing('effect'),
      langgraph: importing('@langchain/langgraph'),
      mastra: importing('@mastra/core', '@mastra/core/workflows'),
    },
    goals: [{ of: 'Holon (flow and engine)', over: 'nothing', atMost: 15 }],
  },
];

function importing(...packages: readonly string[]): Variant {
  const code = packages.map((name) => `import '${name}';`).join('\n');
  return { over: 'nothing', open: async () => gauge(code) };
}

const here = fileURLToPath(new URL('..', import.meta.url));

function gauge(code: string): Gauge {
  const once = (): number => {
    const began = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: here });
    if (status !== 0) throw new Error(`node ended with ${status}: ${String(stderr)}`);
    return performance.now() - began;
  };
  // The quickest of three: a process is easily disturbed.
  return { kind: 'gauge', measure: () => Math.min(once(), once(), once()) };
}
