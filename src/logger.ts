import { pino } from 'pino'

import { faultOf } from './faultOf.ts'

/** Names under which secrets travel through our objects; their values never reach a log. */
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

/** One JSON line an event, on stderr: the output of a command stays on stdout. */
export const loggerOf = (level: string) =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: SECRET_PATHS,
      serializers: { err: faultOf },
    },
    pino.destination(2),
  )

/** Refusals are answers to a client, not faults of ours: they are worth a line, not an alarm. */
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
