import { z } from 'zod'

const column = z.string().trim().min(1).max(100)

/**
 * Where a network's payment statement has what, by the names in its first line; what is absent is
 * guessed from usual names. A value, so that an admin can write it.
 */
export const statementMapping = z.strictObject({
  /** The network's id of the sale. */
  idColumn: column.optional(),
  orderColumn: column.optional(),
  amountColumn: column.optional(),
  currencyColumn: column.optional(),
  /** Absent: of comma, semicolon and tab the one that the first line has most of. */
  delimiter: z.string().length(1).optional(),
  decimalSign: z.enum(['.', ',']).optional(),
})

export type StatementMapping = z.output<typeof statementMapping>
