/** What the demonstration shows of itself, to people and to checks. */
export interface DemoTokenReading {
  /** Whose it is: a customer's or a staff member's; nobody's while it lies on the shelf. */
  readonly contractId?: string
  readonly staffId?: string
  readonly serial: string
  readonly type: string
  /** The key URI that any authenticator plays. */
  readonly otpauth: string
}

export interface DemoCardReading {
  readonly kind: 'customer-card' | 'image-card'
  /** Position 1 first. */
  readonly cells: readonly string[]
}

export interface DemoCustomer {
  readonly contractId: string
  /** None before the enrolment. */
  readonly loginPassword?: string
  /** In the words of a newcomer: method and token. */
  readonly description: string
}

export interface DemoStaffReading {
  readonly staffId: string
  readonly password: string
  readonly role: string
  /** The second factor, which any authenticator plays. */
  readonly otpauth: string
}

/** A card with the contract that it belongs to. */
export interface DemoCustomersCard extends DemoCardReading {
  readonly contractId: string
}

export interface Demo {
  readonly apiKey: string
  readonly customers: readonly DemoCustomer[]
  readonly cards: readonly DemoCustomersCard[]
  readonly staff: readonly DemoStaffReading[]
}
