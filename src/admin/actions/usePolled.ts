'use client'
import { useConfig } from '@payloadcms/ui'
import { useCallback, useEffect, useRef, useState } from 'react'

const EVERY_MS = 5_000
const TIMEOUT_MS = 10_000

export type Trouble = {
  /** The time of the first failed read, in ISO 8601. */
  since: string
  reason: string
  requestId: string | null
}
export type Polled<Figures> = {
  figures: Figures
  trouble: Trouble | null
  isLive: boolean
  toggle: () => void
  /** Reads the figures now, for example after an action. */
  refresh: () => void
}

type Options = {
  /** Below the API's root. */
  path: string
  /** The role that may read them, for the message "you are no longer an admin". */
  role: string
  /** The time when the first read failed, in ISO 8601; `initial` is shown instead. */
  failedAt?: string | null
  /** Default: five seconds. */
  everyMs?: number
  /** The page around it has stopped its updates. */
  isPaused?: boolean
}

/** Figures that are read again every few seconds. When a read fails, the old ones stay. */
export const usePolled = <Figures>(initial: Figures, options: Options): Polled<Figures> => {
  const { everyMs = EVERY_MS, failedAt = null, isPaused = false, path, role } = options
  const { config } = useConfig()
  const [figures, setFigures] = useState(initial)
  const [trouble, setTrouble] = useState(failedAt === null ? null : unreadSince(failedAt))
  const [isLive, setIsLive] = useState(true)
  const latest = useRef(0)
  const url = `${config.routes.api}${path}`

  const read = useCallback(async () => {
    const own = (latest.current += 1)
    const answer = await readFigures(url, role)
    if (own !== latest.current) return // a later request has started
    if ('figures' in answer) {
      setFigures(answer.figures as Figures)
      setTrouble(null)
    } else {
      setTrouble((before) => ({ ...answer, since: before?.since ?? new Date().toISOString() }))
    }
  }, [url, role])
  useRereading({ everyMs, isLive: isLive && !isPaused, read, url })

  return {
    figures,
    trouble,
    isLive,
    toggle: () => {
      if (!isLive) void read()
      setIsLive(!isLive)
    },
    refresh: () => void read(),
  }
}

type Reading = { everyMs: number; isLive: boolean; read: () => Promise<void>; url: string }

const useRereading = ({ everyMs, isLive, read, url }: Reading): void => {
  const shown = useRef(url)
  useEffect(() => {
    if (shown.current === url) return
    shown.current = url // other figures are to be shown, such as another page
    void read()
  }, [read, url])

  useEffect(() => {
    if (!isLive) return
    const timer = setInterval(() => {
      if (!document.hidden) void read()
    }, everyMs)
    return () => {
      clearInterval(timer)
    }
  }, [everyMs, isLive, read])
}

const unreadSince = (since: string): Trouble => ({
  since,
  reason: 'The figures could not be read.',
  requestId: null,
})

const readFigures = async (
  url: string,
  role: string,
): Promise<{ figures: unknown } | Omit<Trouble, 'since'>> => {
  try {
    const options = { credentials: 'include', signal: AbortSignal.timeout(TIMEOUT_MS) } as const
    const answer = await fetch(url, options)
    if (answer.ok) return { figures: (await answer.json()) as unknown }
    const reason =
      answer.status === 401 || answer.status === 403
        ? `Your session has ended, or you are no longer ${role}. Sign in again.`
        : `The server answered ${answer.status}.`
    return { reason, requestId: answer.headers.get('x-request-id') }
  } catch {
    return { reason: 'No answer came.', requestId: null }
  }
}
