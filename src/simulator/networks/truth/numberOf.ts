import { createHash } from 'node:crypto'

/** Numbers below are made of names, numbers from here on are generated: the two never meet. */
export const GENERATED_FROM = 2 ** 40

/** The number that networks know an order by; a simulator that starts anew gives the same one. */
export const numberOf = (order: string): number =>
  createHash('sha256').update(order).digest().readUIntBE(0, 5)
