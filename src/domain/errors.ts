/**
 * The error of a violated rule of the product. `code` is stable (`area.problem`): clients and
 * support quote it. `answerError` maps it to an HTTP status. `details` name fields and values that
 * are safe to show.
 */
export class DomainError extends Error {
  readonly code: string
  readonly details: Record<string, unknown>

  constructor(code: string, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}
