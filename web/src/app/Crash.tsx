import { Component, type ComponentChildren } from 'preact';
import { ErrorPage } from './ErrorPage';

/** Shows the 500 page when a page throws while rendering; the shell around it stays. */
export class Crash extends Component<{ children: ComponentChildren }, { failure: unknown }> {
  override state = { failure: undefined as unknown };

  static override getDerivedStateFromError(failure: unknown) {
    return { failure };
  }

  override componentDidCatch(failure: unknown) {
    console.error(failure);
  }

  override render() {
    return this.state.failure === undefined ? this.props.children : <ErrorPage />;
  }
}
