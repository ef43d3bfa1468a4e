/** The demo's networks, which the simulator plays, and their merchants. All of them are made up. */
export const NETWORKS = [
  { name: 'Admitad', adapter: 'admitad' },
  { name: 'VCommission', adapter: 'vcommission' },
  { name: 'CueLinks', adapter: 'cuelinks' },
] as const

type DemoMerchant = {
  name: string
  slug: string
  network: (typeof NETWORKS)[number]['name']
  host: string
  /** If it differs from the cashback config. */
  rate?: { rateBasis: 'commission' | 'sale'; rateBps: number }
  terms: string
  offer?: { title: string; code?: string }
}

export const MERCHANTS: DemoMerchant[] = [
  {
    name: 'Vayu Electronics',
    slug: 'vayu-electronics',
    network: 'Admitad',
    host: 'www.vayu-electronics.example.in',
    terms: 'Not for gift cards. Returned orders earn nothing.',
    offer: { title: '10 % off headphones', code: 'SOUND10' },
  },
  {
    name: 'Kurta House',
    slug: 'kurta-house',
    network: 'VCommission',
    host: 'www.kurta-house.example.in',
    rate: { rateBasis: 'sale', rateBps: 450 },
    terms: 'On the price without tax and delivery.',
    offer: { title: 'Festive sarees from ₹1,499' },
  },
  {
    name: 'Trailmark Shoes',
    slug: 'trailmark-shoes',
    network: 'Admitad',
    host: 'www.trailmark.example.in',
    terms: 'One pair of each model.',
  },
  {
    name: 'Zaffran Jewels',
    slug: 'zaffran-jewels',
    network: 'CueLinks',
    host: 'www.zaffran.example.in',
    rate: { rateBasis: 'sale', rateBps: 200 },
    terms: 'Not for gold coins.',
  },
]
