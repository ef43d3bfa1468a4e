import type { Endpoint } from 'payload'

import { readDesk } from './readDesk.ts'
import { readDeskDetail } from './readDeskDetail.ts'

/** The routes of the withdrawal desk below `/api/withdrawals`. */
export const deskEndpoints: Endpoint[] = [readDesk, readDeskDetail]
