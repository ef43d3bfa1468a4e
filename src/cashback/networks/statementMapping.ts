import { z } from 'zod'

const column = z.string().trim().min(1).max(100)

/**
 * The columns of a network's payment statement, by the names in its first line. A column that is
 * not set is guessed from common names. Plain data, so that an admin can edit it.
 */
export const statementMapping = z.strictObject({
  /** The network's id of the transaction. */
  idColumn: column.optional(),
  orderColumn: column.optional(),
  amountColumn: column.optional(),
  currencyColumn: column.optional(),
  /** Default: the most frequent of comma, semicolon and tab in the first line. */
  delimiter: z.string().length(1).optional(),
  decimalSign: z.enum(['.', ',']).optional(),
})

export type StatementMapping = z.output<typeof statementMapping>
