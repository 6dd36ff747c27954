// What `mod.rs` puts before the scripts, which are one script in the browser.

/** The text of panel.css. */
declare const PANEL_CSS: string;

interface ParentNode {
  /** Moves a node with its state; not in every browser. */
  moveBefore?(node: Node, child: Node | null): void;
}
