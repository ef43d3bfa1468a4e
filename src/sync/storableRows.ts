import type { SaleRow } from '../networks/types.ts'
import { hasOddLetters, jsonOf } from './jsonOf.ts'

/** Rows as the database can hold them: what is compared with it has to be what it holds. */
export const storableRows = (rows: SaleRow[]): SaleRow[] => {
  const said = rows.map((row) => ({ ...row, raw: null }))
  return hasOddLetters(JSON.stringify(said)) ? (JSON.parse(jsonOf(said)) as SaleRow[]) : rows
}
