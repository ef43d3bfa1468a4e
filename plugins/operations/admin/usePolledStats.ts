'use client'
import { useConfig } from '@payloadcms/ui'
import { useCallback, useEffect, useRef, useState } from 'react'

import type { OperationsStats } from '../../../src/operations/operationsStats.ts'

const EVERY_MS = 5_000
const MOST_MS = 10_000

export type Trouble = {
  /** Since when no figures came, in ISO 8601. */
  since: string
  words: string
  requestId: string | null
}
export type Polled = {
  stats: OperationsStats
  trouble: Trouble | null
  isLive: boolean
  toggle: () => void
  /** Reads the figures now, such as after a deed. */
  refresh: () => void
}

/** Figures that are read anew every five seconds; where they cannot be, the old ones stay. */
export const usePolledStats = (initial: OperationsStats): Polled => {
  const { config } = useConfig()
  const [stats, setStats] = useState(initial)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [isLive, setIsLive] = useState(true)
  const latest = useRef(0)
  const url = `${config.routes.api}/v1/queue/stats`

  const read = useCallback(async () => {
    const own = (latest.current += 1)
    const answer = await readStats(url)
    if (own !== latest.current) return // a later one was asked for meanwhile
    if ('stats' in answer) {
      setStats(answer.stats)
      setTrouble(null)
    } else {
      setTrouble((before) => ({ ...answer, since: before?.since ?? new Date().toISOString() }))
    }
  }, [url])

  useEffect(() => {
    if (!isLive) return
    const timer = setInterval(() => {
      if (!document.hidden) void read()
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
    }
  }, [isLive, read])

  return {
    stats,
    trouble,
    isLive,
    toggle: () => {
      if (!isLive) void read()
      setIsLive(!isLive)
    },
    refresh: () => void read(),
  }
}

const readStats = async (
  url: string,
): Promise<{ stats: OperationsStats } | Omit<Trouble, 'since'>> => {
  try {
    const options = { credentials: 'include', signal: AbortSignal.timeout(MOST_MS) } as const
    const answer = await fetch(url, options)
    if (answer.ok) return { stats: (await answer.json()) as OperationsStats }
    const words =
      answer.status === 401 || answer.status === 403
        ? 'Your session has ended, or you are no admin any more. Sign in again.'
        : `The server answered ${answer.status}.`
    return { words, requestId: answer.headers.get('x-request-id') }
  } catch {
    return { words: 'No answer came.', requestId: null }
  }
}
