//! The two forms of chart: columns over time, and lying bars by name. A chart that cannot be drawn is left out; its table
//! stays.

use maud::Markup;
use plotters::chart::ChartBuilder;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::{Color, IntoDrawingArea, IntoFont, LineSeries, Rectangle, TRANSPARENT, Text};

use super::canvas::{Canvas, GRID, INK, ONE, TWO};

const WIDTH: u32 = 400;
const HEIGHT: u32 = 200;
/// Of one lying bar with its name.
const BAR: u32 = 36;
const FONT: (&str, i32) = ("sans-serif", 12);

/// Columns over time: the lower part, the part on top of it, and a line.
pub struct Columns<'a> {
    pub name: &'a str,
    pub labels: &'a [String],
    pub lower: &'a [i64],
    pub upper: &'a [i64],
}

/// Bars by name, and a second, hollow one below each where there is something to compare with.
pub struct Bars<'a> {
    pub name: &'a str,
    pub rows: &'a [(String, i64, Option<i64>)],
    /// How a figure is written at the axis.
    pub figure: &'a dyn Fn(i64) -> String,
}

type Failed = DrawingAreaErrorKind<std::convert::Infallible>;

fn place(number: i64) -> f64 {
    f64::from(i32::try_from(number).unwrap_or(i32::MAX))
}

fn back(place: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "float to integer saturates")]
    let number = place.round() as i64;
    number
}

/// What stands at a place of an axis of whole numbers; nothing between two of them.
fn whole(place: f64) -> Option<i64> {
    ((place - place.round()).abs() < 0.01).then(|| back(place))
}

/// Room above the highest figure.
fn top(highest: i64) -> f64 {
    place(highest).max(1.0) * 1.08
}

/// Draws columns over time.
pub fn columns(chart: &Columns<'_>) -> Option<Markup> {
    let mut canvas = Canvas::new((WIDTH, HEIGHT));
    let highest = chart.lower.iter().zip(chart.upper).map(|(lower, upper)| lower + upper).max().unwrap_or(0);
    let steps = i64::try_from(chart.labels.len()).unwrap_or(0).max(1);
    let marks = Marks::Columns { lower: chart.lower, upper: chart.upper };
    over_time(&mut canvas, chart.labels, (steps, highest), marks).ok()?;
    Some(canvas.picture(chart.name))
}

/// Draws one line over time, such as a backlog.
pub fn trace(name: &str, labels: &[String], figures: &[i64]) -> Option<Markup> {
    let mut canvas = Canvas::new((WIDTH, HEIGHT));
    let highest = figures.iter().copied().max().unwrap_or(0);
    let steps = i64::try_from(labels.len()).unwrap_or(0).max(2) - 1;
    over_time(&mut canvas, labels, (steps, highest), Marks::Line(figures)).ok()?;
    Some(canvas.picture(name))
}

/// What stands above the axis of time.
#[derive(Clone, Copy)]
enum Marks<'a> {
    Columns { lower: &'a [i64], upper: &'a [i64] },
    Line(&'a [i64]),
}

fn over_time(
    canvas: &mut Canvas,
    labels: &[String],
    (steps, highest): (i64, i64),
    marks: Marks<'_>,
) -> Result<(), Failed> {
    let area = canvas.into_drawing_area();
    let mut drawn = ChartBuilder::on(&area)
        .margin(4)
        .margin_right(18)
        .x_label_area_size(22)
        .y_label_area_size(38)
        .build_cartesian_2d(0.0..place(steps), 0.0..top(highest))?;
    let label = |at: i64| usize::try_from(at).ok().and_then(|at| labels.get(at)).cloned();
    let named = |at: &f64| whole(*at).and_then(label).unwrap_or_default();
    drawn
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(GRID)
        .axis_style(INK)
        .label_style(FONT.into_font().color(&INK))
        .x_labels(5)
        .x_label_formatter(&named)
        .y_labels(4)
        .y_label_formatter(&|at| whole(*at).map(|at| at.to_string()).unwrap_or_default())
        .draw()?;
    match marks {
        Marks::Columns { lower, upper } => {
            for (slot, (lower, upper)) in (0..).zip(lower.iter().zip(upper)) {
                let (left, right) = (place(slot) + 0.1, place(slot) + 0.9);
                let (middle, high) = (place(*lower), place(lower + upper));
                if *lower > 0 {
                    drawn.draw_series([Rectangle::new([(left, 0.0), (right, middle)], ONE.filled())])?;
                }
                if *upper > 0 {
                    drawn.draw_series([Rectangle::new([(left, middle), (right, high)], TWO.filled())])?;
                }
            }
        }
        Marks::Line(figures) => {
            let points = (0..).zip(figures).map(|(slot, figure)| (place(slot), place(*figure)));
            drawn.draw_series(LineSeries::new(points, &ONE))?;
        }
    }
    Ok(())
}

/// Draws lying bars, the first on top.
pub fn bars(chart: &Bars<'_>) -> Option<Markup> {
    if chart.rows.is_empty() {
        return None;
    }
    let rows = u32::try_from(chart.rows.len()).unwrap_or(1);
    let mut canvas = Canvas::new((WIDTH, rows * BAR + 30));
    draw_bars(&mut canvas, chart).ok()?;
    Some(canvas.picture(chart.name))
}

fn draw_bars(canvas: &mut Canvas, chart: &Bars<'_>) -> Result<(), Failed> {
    let highest = chart.rows.iter().map(|(_, now, before)| (*now).max(before.unwrap_or(0))).max().unwrap_or(0);
    let rows = i64::try_from(chart.rows.len()).unwrap_or(1);
    let area = canvas.into_drawing_area();
    let mut drawn = ChartBuilder::on(&area)
        .margin_left(16)
        .margin_right(40)
        .margin_top(2)
        .x_label_area_size(22)
        .build_cartesian_2d(0.0..top(highest), 0.0..place(rows))?;
    drawn
        .configure_mesh()
        .disable_y_mesh()
        .disable_y_axis()
        .light_line_style(TRANSPARENT)
        .bold_line_style(GRID)
        .axis_style(INK)
        .label_style(FONT.into_font().color(&INK))
        .x_labels(4)
        .x_label_formatter(&|at| whole(*at).map(chart.figure).unwrap_or_default())
        .draw()?;
    for (at, (name, now, before)) in (0..).zip(chart.rows) {
        let floor = place(rows - 1 - at);
        let (low, high) = if before.is_some() { (0.3, 0.55) } else { (0.1, 0.55) };
        drawn.draw_series([Rectangle::new([(0.0, floor + low), (place(*now), floor + high)], ONE.filled())])?;
        if let Some(before) = before {
            drawn.draw_series([Rectangle::new([(0.0, floor + 0.05), (place(*before), floor + 0.27)], TWO.filled())])?;
        }
        drawn.draw_series([Text::new(name.clone(), (0.0, floor + 0.97), FONT.into_font().color(&INK))])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_is_shapes_with_classes_and_no_style_of_its_own() {
        let rows = [("<b>drain</b>".to_owned(), 7, Some(3)), ("permission".to_owned(), 2, None)];
        let bars =
            bars(&Bars { name: "Kinds", rows: &rows, figure: &|figure| figure.to_string() }).unwrap().into_string();
        let labels: Vec<String> = (0..7).map(|day| format!("{day} Mar")).collect();
        let columns = columns(&Columns { name: "Arrivals", labels: &labels, lower: &[1; 7], upper: &[2; 7] })
            .unwrap()
            .into_string();
        let line = trace("Backlog", &labels, &[0, 3, 9, 2, 0, 0, 1]).unwrap().into_string();
        for drawn in [&bars, &columns, &line] {
            assert!(drawn.starts_with("<svg class=\"chart\" viewBox=") && drawn.contains("role=\"img\""));
            assert!(!drawn.contains("style=") && !drawn.contains("<script") && !drawn.contains("fill="), "{drawn}");
        }
        assert!(bars.contains("&lt;b&gt;drain") && bars.contains("class=\"two\""));
        assert!(columns.matches("class=\"one\"").count() >= 7);
        assert!(line.contains("<polyline class=\"one\""));
    }

    /// The words of a drawing with where they begin and end, at seven pixels a letter.
    fn words(drawn: &str) -> Vec<(String, i32, i32)> {
        let word = |part: &str| {
            let at: i32 = part.split('"').next().unwrap().parse().unwrap();
            let text = part.split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
            let wide = i32::try_from(text.len()).unwrap() * 7;
            let before = [("start", 0), ("middle", wide / 2), ("end", wide)];
            let (_, before) = before.into_iter().find(|(anchor, _)| part.contains(&format!("\"{anchor}\""))).unwrap();
            (text, at - before, at - before + wide)
        };
        drawn.split("<text x=\"").skip(1).map(word).collect()
    }

    #[test]
    fn no_label_leaves_the_picture_and_none_stands_between_whole_numbers() {
        let labels: Vec<String> = (1..=8).map(|day| format!("03-0{day}")).collect();
        let empty = trace("Backlog", &labels, &[0; 8]).unwrap().into_string();
        let figures: Vec<String> =
            words(&empty).into_iter().map(|(text, _, _)| text).filter(|text| text.len() == 1).collect();
        assert_eq!(figures.iter().filter(|figure| *figure == "0").count(), 1, "{figures:?}");
        assert_eq!(figures.iter().filter(|figure| *figure == "1").count(), 1, "{figures:?}");
        let rows = [("loss".to_owned(), 123_456_700, None)];
        let figure = |cents: i64| format!("US$ {}.00", cents / 100);
        let bars = bars(&Bars { name: "Loss", rows: &rows, figure: &figure }).unwrap().into_string();
        for (text, from, to) in words(&bars).into_iter().chain(words(&empty)) {
            assert!(from >= 0 && to <= 400, "{text} from {from} to {to}");
        }
    }

    #[test]
    fn nothing_and_very_much_are_drawn_as_well() {
        assert!(columns(&Columns { name: "x", labels: &[], lower: &[], upper: &[] }).is_some());
        assert!(trace("x", &["1".to_owned()], &[i64::MAX]).is_some());
        assert!(bars(&Bars { name: "x", rows: &[], figure: &|figure| figure.to_string() }).is_none());
    }
}
