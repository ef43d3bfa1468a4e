import type { RequestHandler } from 'express'
import { Histogram, type Registry } from 'prom-client'

const KNOWN = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Measures each request by method and status. Not by path: callers choose it, without limit. */
export const timeRequests = (registry: Registry): RequestHandler => {
  const seconds = new Histogram({
    name: 'tributary_http_request_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  return (request, response, next) => {
    const stop = seconds.startTimer()
    response.on('finish', () => {
      const method = KNOWN.includes(request.method) ? request.method : 'other'
      stop({ method, status: response.statusCode })
    })
    next()
  }
}
