import type { Product } from './startProduct.ts'

const WAITING = `select 1 from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'`

/** Resolves once a database session of the product waits for a lock of another session. */
export const untilWaiting = async ({ sql }: Pick<Product, 'sql'>): Promise<void> => {
  for (let tries = 0; tries < 5_000; tries += 1) {
    if ((await sql(WAITING)).length > 0) return
  }
  throw new Error('no session waits for a lock')
}
