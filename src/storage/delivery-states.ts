// How a webhook's delivery stands: to be tried (again), answered well, or given up after a day.

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]
