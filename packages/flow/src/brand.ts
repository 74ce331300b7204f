/**
 * The two process-wide names by which copies of this package recognise each other. They are
 * `Symbol.for` names so that a flow made by one copy is a flow to every other copy.
 *
 * @internal
 */
export const DEFINITION: unique symbol = Symbol.for('holon.flow.v1') as never;
export const ERROR_BRAND: unique symbol = Symbol.for('holon.error.v1') as never;
