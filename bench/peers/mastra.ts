import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import type { Body } from '../step.ts';

const one = z.number();
const many = z.array(one);

function stepOf(id: string, body: Body, retries = 0) {
  const execute = ({ inputData }: { inputData: number }) => body(inputData);
  return createStep({ id, inputSchema: one, outputSchema: one, execute, retries });
}

interface Workflow {
  createRun(): Promise<{ start(options: { inputData: unknown }): Promise<{ status: string; result?: unknown }> }>;
}

function starterOf(workflow: unknown): (inputData: unknown) => Promise<unknown> {
  return async (inputData) => {
    const run = await (workflow as Workflow).createRun();
    const { status, result } = await run.start({ inputData });
    if (status !== 'success') throw new Error(`the workflow ended as ${status}`);
    return result;
  };
}

/** `count` steps one after another. */
export function chain(count: number, body: Body): (input: number) => Promise<unknown> {
  let workflow = createWorkflow({ id: 'chain', inputSchema: one, outputSchema: one });
  for (let i = 0; i < count; i++) workflow = workflow.then(stepOf(`step${i}`, body)) as typeof workflow;
  return starterOf(workflow.commit());
}

export function foreach(body: Body, concurrency: number, retries = 0): (items: number[]) => Promise<unknown> {
  const workflow = createWorkflow({ id: 'each', inputSchema: many, outputSchema: many });
  return starterOf(workflow.foreach(stepOf('step', body, retries), { concurrency }).commit());
}

/** One step again until it gives `limit`. */
export function loop(limit: number, body: Body): (input: number) => Promise<unknown> {
  const workflow = createWorkflow({ id: 'loop', inputSchema: one, outputSchema: one });
  return starterOf(workflow.dountil(stepOf('step', body), async ({ inputData }) => inputData >= limit).commit());
}
