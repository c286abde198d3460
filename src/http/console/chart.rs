//! Bar charts, made here as SVG, with the numbers in a table behind them.

/// A small bar chart.
pub(crate) struct Chart {
    pub id: String,
    pub title: String,
    /// What it says, in a sentence.
    pub description: String,
    /// The heading of the numbers.
    pub unit: &'static str,
    pub bars: Vec<Bar>,
}

/// One bar: a stretch of time and how many.
pub(crate) struct Bar {
    pub label: String,
    pub count: i64,
}

/// In units of the drawing.
const WIDTH: usize = 480;
const HEIGHT: i64 = 96;

/// A bar as it is drawn.
pub(crate) struct Drawn {
    pub x: usize,
    pub y: i64,
    pub width: usize,
    pub height: i64,
}

impl Chart {
    fn max(&self) -> i64 {
        self.bars.iter().map(|bar| bar.count).max().unwrap_or(0)
    }

    pub(super) fn total(&self) -> i64 {
        self.bars.iter().map(|bar| bar.count).sum()
    }

    /// Every bar; what is not zero can be seen.
    pub(super) fn drawn(&self) -> Vec<Drawn> {
        let (max, step) = (self.max().max(1), WIDTH / self.bars.len().max(1));
        let width = step.saturating_sub(if step > 4 { 2 } else { 1 }).max(1);
        let draw = |(index, bar): (usize, &Bar)| {
            let height = (bar.count * HEIGHT / max).max(i64::from(bar.count > 0) * 2);
            Drawn {
                x: index * step,
                y: HEIGHT - height,
                width,
                height,
            }
        };
        self.bars.iter().enumerate().map(draw).collect()
    }

    pub(super) fn first_label(&self) -> &str {
        self.bars.first().map_or("", |bar| bar.label.as_str())
    }

    pub(super) fn last_label(&self) -> &str {
        self.bars.last().map_or("", |bar| bar.label.as_str())
    }
}
