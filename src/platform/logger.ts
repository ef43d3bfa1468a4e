import { pino } from 'pino'

import { serializeError } from './serializeError.ts'

/** Paths of secrets in logged objects. Their values never reach a log. */
const SECRET_PATHS = [
  'password',
  'token',
  'apiKey',
  'authorization',
  'cookie',
  '*.password',
  '*.token',
  '*.apiKey',
  '*.authorization',
  '*.cookie',
]

/** Logs one JSON line per event to stderr; stdout is for the output of commands. */
export const createLogger = (level: string) =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: SECRET_PATHS,
      serializers: { err: serializeError },
    },
    pino.destination(2),
  )

/** Refusals are answers to a client, not internal errors: they are logged as information. */
export const expectedErrors: Record<string, 'info'> = Object.fromEntries(
  [
    'DomainError',
    'APIError',
    'AuthenticationError',
    'Forbidden',
    'NotFound',
    'ValidationError',
  ].map((name) => [name, 'info']),
)
