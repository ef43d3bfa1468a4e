import type { DeskDetail } from '../../../../src/payouts/desk/loadDeskDetail.ts'
import type { DeskScreen } from '../deskScreen.ts'

/** What each part of the detail gets. */
export type DetailProps = { detail: DeskDetail; screen: DeskScreen }
