import type { InstanceStatus } from '@holon/engine/events';

export interface StatusColors {
  readonly fill: string;
  readonly stroke: string;
}

/** Text on every fill. */
export const INK = '#0f172a';

/** Nodes whose state is not known. */
export const NEUTRAL: StatusColors = { fill: '#f8fafc', stroke: '#94a3b8' };

/** Lines and texts on the page itself: legible on white and on black. */
export const LINE = '#7d8798';

/** A veil over either background. */
export const CLUSTER_FILL = '#94a3b814';

/** Light fills with dark text in them, legible on light and dark pages; hues that also differ in lightness. */
export const STATUS_COLORS: Readonly<Record<InstanceStatus, StatusColors>> = {
  opened: { fill: '#f1f5f9', stroke: '#64748b' },
  queued: { fill: '#e2e8f0', stroke: '#475569' },
  held: { fill: '#fef3c7', stroke: '#b45309' },
  running: { fill: '#dbeafe', stroke: '#2563eb' },
  retrying: { fill: '#ffedd5', stroke: '#c2410c' },
  waiting: { fill: '#ede9fe', stroke: '#6d28d9' },
  succeeded: { fill: '#dcfce7', stroke: '#15803d' },
  answered: { fill: '#ccfbf1', stroke: '#0f766e' },
  failed: { fill: '#fee2e2', stroke: '#b91c1c' },
  canceled: { fill: '#e7e5e4', stroke: '#57534e' },
};

/** Every status a node can be drawn in. */
export const STATUSES = Object.keys(STATUS_COLORS) as readonly InstanceStatus[];
