/** A variable that GraphQL refused, and the place within it. */
const VARIABLE = /^Variable "\$(\w+)" got invalid value .*? at "([\w.[\]]+)"; |^Variable "\$(\w+)"/s

type GraphqlError = { message: string; extensions?: Record<string, unknown> }

/**
 * Gives a code, a status and the request's id to the errors of a text that GraphQL itself refused:
 * one that does not parse, fits no type, or has variables of another type. Errors of the operation
 * have them already.
 */
export const completeErrors = (body: string | null, requestId: string): string | null => {
  if (!body?.startsWith('{"errors":')) return body
  const answer = JSON.parse(body) as { errors: GraphqlError[] }
  return JSON.stringify({
    ...answer,
    errors: answer.errors.map((error) => complete(error, requestId)),
  })
}

const complete = (error: GraphqlError, requestId: string): GraphqlError => {
  const field = fieldIn(error.message)
  const plain = { code: 'request.invalid', statusCode: 400, ...(field ? { field } : {}) }
  const { extensions = {} } = error
  const known = typeof extensions.code === 'string' ? extensions : { ...extensions, ...plain }
  return { ...error, extensions: { ...known, requestId } }
}

const fieldIn = (message: string): string | undefined => {
  const [, , place, variable] = VARIABLE.exec(message) ?? []
  return place ?? variable
}
