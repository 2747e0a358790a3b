/** The addresses of the figures, and of files taken out of the system. */
export function figurePathsOf(at: (path: string) => string) {
  return {
    figures: at('/figures'),
    figuresOf: (period: string) => at(`/figures?period=${period}`),
    figuresExport: at('/figures/export'),
    events: at('/events'),
    eventsExport: at('/events/export'),
  }
}
