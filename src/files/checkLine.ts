import { DomainError } from '../domain/errors.ts'
import { readCell } from './readCell.ts'

/**
 * Refuses a line with cells that cannot be those of its columns.
 *
 * @throws DomainError `row.extra-cells` filled cells beyond the header, as of a number with the
 *   delimiter in it: the cells before may stand in wrong columns
 * @throws DomainError `row.open-quote` a cell has other lines of the file in it
 */
export const checkLine = (
  cells: readonly string[],
  { columns, delimiter }: { columns: number; delimiter: string },
): void => {
  const extra = cells.slice(columns).filter((cell) => readCell(cell) !== null)
  if (extra.length > 0) {
    throw new DomainError(
      'row.extra-cells',
      `It has ${cells.length} cells for ${columns} columns: ${JSON.stringify(extra[0])} is beyond the last. A cell with the delimiter in it needs quotes.`,
    )
  }
  if (cells.some((cell) => hasLines(cell, columns, delimiter))) {
    throw new DomainError(
      'row.open-quote',
      'A cell of it has other lines of the file in it: a quote is not closed.',
    )
  }
}

/** A cell on several lines, with as many delimiters as a line has. */
const hasLines = (cell: string, columns: number, delimiter: string): boolean =>
  /[\r\n]/.test(cell.trim()) && cell.split(delimiter).length >= columns
