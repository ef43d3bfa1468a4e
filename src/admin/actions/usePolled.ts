'use client'
import { useConfig } from '@payloadcms/ui'
import { useCallback, useEffect, useRef, useState } from 'react'

const EVERY_MS = 5_000
const MOST_MS = 10_000

export type Trouble = {
  /** Since when no figures came, in ISO 8601. */
  since: string
  words: string
  requestId: string | null
}
export type Polled<Figures> = {
  figures: Figures
  trouble: Trouble | null
  isLive: boolean
  toggle: () => void
  /** Reads the figures now, such as after a deed. */
  refresh: () => void
}

type Options = {
  /** Below the API's root. */
  path: string
  /** Who may read them, as in "you are no admin any more". */
  whom: string
  /** When the first ones could not be read, in ISO 8601; `initial` stands in for them. */
  failedAt?: string | null
  /** Five seconds, where it does not say. */
  everyMs?: number
  /** What it belongs to does not update either. */
  isResting?: boolean
}

/** Figures that are read anew every few seconds; where they cannot be, the old ones stay. */
export const usePolled = <Figures>(initial: Figures, options: Options): Polled<Figures> => {
  const { everyMs = EVERY_MS, failedAt = null, isResting = false, path, whom } = options
  const { config } = useConfig()
  const [figures, setFigures] = useState(initial)
  const [trouble, setTrouble] = useState(failedAt === null ? null : unreadSince(failedAt))
  const [isLive, setIsLive] = useState(true)
  const latest = useRef(0)
  const url = `${config.routes.api}${path}`

  const read = useCallback(async () => {
    const own = (latest.current += 1)
    const answer = await readFigures(url, whom)
    if (own !== latest.current) return // a later one was asked for meanwhile
    if ('figures' in answer) {
      setFigures(answer.figures as Figures)
      setTrouble(null)
    } else {
      setTrouble((before) => ({ ...answer, since: before?.since ?? new Date().toISOString() }))
    }
  }, [url, whom])
  useRereading({ everyMs, isLive: isLive && !isResting, read, url })

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
    shown.current = url // something else is to be shown, such as another page
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
  words: 'They could not be read.',
  requestId: null,
})

const readFigures = async (
  url: string,
  whom: string,
): Promise<{ figures: unknown } | Omit<Trouble, 'since'>> => {
  try {
    const options = { credentials: 'include', signal: AbortSignal.timeout(MOST_MS) } as const
    const answer = await fetch(url, options)
    if (answer.ok) return { figures: (await answer.json()) as unknown }
    const words =
      answer.status === 401 || answer.status === 403
        ? `Your session has ended, or you are no ${whom} any more. Sign in again.`
        : `The server answered ${answer.status}.`
    return { words, requestId: answer.headers.get('x-request-id') }
  } catch {
    return { words: 'No answer came.', requestId: null }
  }
}
