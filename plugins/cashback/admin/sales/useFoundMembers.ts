'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

export type FoundMember = { id: string; name: string | null; email: string }
type Found = { found: FoundMember[]; words: string }

const SHORTEST = 3
const MOST = 6
/** After the last key: a search for each letter would be six for one. */
const PAUSE_MS = 300
const NOTHING: Found = { found: [], words: '' }

/** Members whose name or e-mail has what was typed, by Payload's own list, which checks who asks. */
export const useFoundMembers = (typed: string): Found => {
  const { config } = useConfig()
  const { api } = config.routes
  const [answer, setAnswer] = useState(NOTHING)
  const text = typed.trim()
  useEffect(() => {
    if (text.length < SHORTEST) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      void search(api, text, stop.signal).then((found) => {
        if (!stop.signal.aborted) setAnswer(found)
      })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [api, text])
  return text.length < SHORTEST ? NOTHING : answer
}

const search = async (api: string, text: string, signal: AbortSignal): Promise<Found> => {
  const query = new URLSearchParams({
    'where[and][0][role][equals]': 'member',
    'where[and][1][or][0][email][contains]': text,
    'where[and][1][or][1][name][contains]': text,
    'select[name]': 'true',
    'select[email]': 'true',
    limit: String(MOST),
    depth: '0',
    sort: 'name',
  })
  try {
    const answer = await fetch(`${api}/users?${query.toString()}`, {
      credentials: 'include',
      signal,
    })
    if (!answer.ok) return { found: [], words: `The server answered ${answer.status}.` }
    const { docs, totalDocs } = (await answer.json()) as { docs: FoundMember[]; totalDocs: number }
    if (docs.length === 0) return { found: [], words: 'No member has that in name or e-mail.' }
    const words = totalDocs > docs.length ? `${docs.length} of ${totalDocs}: type more.` : ''
    return { found: docs, words }
  } catch {
    return { found: [], words: 'No answer came.' }
  }
}
