import { describe } from 'vitest';
import { executorSuite } from '../test/executor-suite.ts';
import { InThread } from './in-thread.ts';

describe('in the same thread', () => {
  executorSuite(() => new InThread());
});
