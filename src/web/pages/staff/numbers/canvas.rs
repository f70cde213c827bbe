//! Where charts are drawn: shapes with classes instead of colours, so that the style sheet decides how they look in the
//! dark, in print and under forced colours, and nothing needs an inline style.

use std::convert::Infallible;

use maud::{Markup, html};
use plotters::prelude::{DrawingBackend, RGBColor};
use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};

/// What a shape is, in place of its colour; the number only tells them apart on the way through the library.
pub const INK: RGBColor = RGBColor(0, 0, 1);
pub const GRID: RGBColor = RGBColor(0, 0, 2);
pub const ONE: RGBColor = RGBColor(0, 0, 3);
pub const TWO: RGBColor = RGBColor(0, 0, 4);

fn class(color: BackendColor) -> &'static str {
    match color.rgb {
        (0, 0, 2) => "grid",
        (0, 0, 3) => "one",
        (0, 0, 4) => "two",
        _ => "ink",
    }
}

enum Shape {
    Path { class: &'static str, points: Vec<BackendCoord> },
    Rect { class: &'static str, from: BackendCoord, to: BackendCoord },
    Text { text: String, at: BackendCoord, anchor: &'static str, baseline: &'static str },
}

/// A sheet of shapes; a drawing takes it by reference and leaves the shapes behind.
pub struct Canvas {
    pub size: (u32, u32),
    shapes: Vec<Shape>,
}

impl Canvas {
    pub fn new(size: (u32, u32)) -> Self {
        Self { size, shapes: Vec::new() }
    }

    /// The shapes as a picture that is read out by its name; its figures stand in the table beside it.
    pub fn picture(&self, name: &str) -> Markup {
        let (width, height) = self.size;
        html! {
            svg.chart viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(name) {
                @for shape in &self.shapes { (drawn(shape)) }
            }
        }
    }
}

fn drawn(shape: &Shape) -> Markup {
    html! {
        @match shape {
            Shape::Path { class, points } => polyline class=(class) points=(line(points)) {},
            Shape::Rect { class, from, to } => {
                rect class=(class) x=(from.0.min(to.0)) y=(from.1.min(to.1)) width=(from.0.abs_diff(to.0)) height=(from.1.abs_diff(to.1)) {}
            }
            Shape::Text { text, at, anchor, baseline } => {
                text x=(at.0) y=(at.1) text-anchor=(anchor) dominant-baseline=(baseline) { (text) }
            }
        }
    }
}

fn line(points: &[BackendCoord]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    points.join(" ")
}

/// A word that would stand over an edge ends or begins there.
fn within(wide: u32, text: &str, (at, anchor): (BackendCoord, &'static str)) -> (BackendCoord, &'static str) {
    let letters = text.chars().map(|letter| if letter.is_ascii() { 7 } else { 13 });
    let (half, wide) = (letters.sum::<i32>() / 2, i32::try_from(wide).unwrap_or(i32::MAX));
    match at.0 {
        x if anchor == "middle" && x + half > wide => ((wide - 1, at.1), "end"),
        x if anchor == "middle" && x < half => ((1, at.1), "start"),
        _ => (at, anchor),
    }
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for &mut Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Done {
        if color.alpha > 0.0 {
            self.shapes.push(Shape::Rect { class: class(color), from: point, to: (point.0 + 1, point.1 + 1) });
        }
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        if style.color().alpha > 0.0 {
            self.shapes.push(Shape::Path { class: class(style.color()), points: vec![from, to] });
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, _fill: bool) -> Done {
        if style.color().alpha > 0.0 {
            self.shapes.push(Shape::Rect { class: class(style.color()), from, to });
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        if style.color().alpha > 0.0 {
            self.shapes.push(Shape::Path { class: class(style.color()), points: path.into_iter().collect() });
        }
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Done {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let baseline = match style.anchor().v_pos {
            VPos::Top => "hanging",
            VPos::Center => "central",
            VPos::Bottom => "auto",
        };
        let (at, anchor) = within(self.size.0, text, (at, anchor));
        self.shapes.push(Shape::Text { text: text.to_owned(), at, anchor, baseline });
        Ok(())
    }
}
