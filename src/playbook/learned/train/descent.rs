//! Stochastic gradient descent for the kinds (one softmax) and the class as a whole (one logistic), side by side.
//!
//! Only `+ - * /` and roots on `f64`, which IEEE 754 fixes to the bit, in an order that follows from the seed.

use super::Recipe;
use crate::draw::Draw;
use crate::scoring::exact;

/// A row as the places of its features, with its channel.
#[derive(Debug, Clone)]
pub struct Lesson {
    pub places: Vec<u32>,
    pub kind: usize,
    pub security: bool,
    /// How much it counts; one on average.
    pub weight: f64,
}

/// Weights by feature (rows) and channel (columns), the class last.
pub struct Model {
    pub channels: usize,
    pub weights: Vec<f64>,
    pub bias: Vec<f64>,
    scale: f64,
}

impl Model {
    fn new(features: usize, channels: usize) -> Self {
        Self { channels, weights: vec![0.0; features * channels], bias: vec![0.0; channels], scale: 1.0 }
    }

    fn row(&self, place: u32) -> &[f64] {
        let start = place as usize * self.channels;
        &self.weights[start..start + self.channels]
    }

    /// Brings the common factor into the weights.
    fn settle(&mut self) {
        let scale = self.scale;
        self.weights.iter_mut().for_each(|weight| *weight *= scale);
        self.scale = 1.0;
    }

    fn scores(&self, text: &Text<'_>, out: &mut [f64]) {
        out.copy_from_slice(&vec![0.0; self.channels]);
        for place in text.places {
            let value = text.value(*place);
            for (sum, weight) in out.iter_mut().zip(self.row(*place)) {
                *sum += weight * value;
            }
        }
        for (sum, bias) in out.iter_mut().zip(&self.bias) {
            *sum = *sum * self.scale + bias;
        }
    }
}

struct Text<'a> {
    places: &'a [u32],
    scales: &'a [u8],
    length: f64,
}

impl<'a> Text<'a> {
    fn new(places: &'a [u32], scales: &'a [u8], shrink: u32) -> Self {
        let square: f64 = places.iter().map(|place| f64::from(scales[*place as usize])).map(|s| s * s).sum();
        Self { places, scales, length: (square + f64::from(shrink)).sqrt().max(1.0) }
    }

    fn value(&self, place: u32) -> f64 {
        f64::from(self.scales[place as usize]) / self.length
    }
}

/// Learns from the lessons; `told` hears after each round how many of all are done.
pub fn learn(
    lessons: &[Lesson],
    scales: &[u8],
    channels: usize,
    (recipe, told): (&Recipe, &mut dyn FnMut(usize, usize)),
) -> Model {
    let mut model = Model::new(scales.len(), channels);
    let mut draw = Draw::new(recipe.seed);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut places = Vec::new();
    let (mut scores, mut slopes) = (vec![0.0; channels], vec![0.0; channels]);
    let mut step = 0.0;
    for round in 0..recipe.rounds {
        draw.shuffle(&mut order);
        for number in &order {
            let lesson = &lessons[*number];
            let partner = draw.happens(recipe.joined).then(|| draw.below(lessons.len())).map(|other| &lessons[other]);
            vary(lesson, partner, &mut places, (recipe, &mut draw));
            let taught = match partner {
                Some(other) if other.security && !lesson.security => other,
                Some(_) | None => lesson,
            };
            let rate = recipe.rate / (1.0 + recipe.rate * recipe.decay * step);
            step += 1.0;
            let text = Text::new(&places, scales, recipe.shrink);
            model.scores(&text, &mut scores);
            slopes_of(&scores, taught, &mut slopes, recipe);
            model.scale *= 1.0 - rate * recipe.decay;
            let back = rate * taught.weight / model.scale;
            for place in &places {
                let by = back * text.value(*place);
                let start = *place as usize * channels;
                for (weight, slope) in model.weights[start..start + channels].iter_mut().zip(&slopes) {
                    *weight -= by * slope;
                }
            }
            for (bias, slope) in model.bias.iter_mut().zip(&slopes) {
                *bias -= rate * recipe.bias_rate * taught.weight * slope;
            }
            if model.scale < 1e-6 {
                model.settle();
            }
        }
        told(round + 1, recipe.rounds);
    }
    model.settle();
    model
}

/// The features of a lesson as they are shown this time: some left out, some of another lesson put in.
fn vary(lesson: &Lesson, partner: Option<&Lesson>, places: &mut Vec<u32>, (recipe, draw): (&Recipe, &mut Draw)) {
    places.clear();
    places.extend(&lesson.places);
    // A security report and a routine one in one text are an incident; two of one class would only blur the kind.
    if let Some(other) = partner.filter(|other| other.security != lesson.security) {
        places.extend(&other.places);
        places.sort_unstable();
        places.dedup();
    }
    places.retain(|_| !draw.happens(recipe.left_out));
}

/// The slope of the loss by channel.
fn slopes_of(scores: &[f64], lesson: &Lesson, slopes: &mut [f64], recipe: &Recipe) {
    let class = scores.len() - 1;
    let highest = scores[..class].iter().copied().fold(f64::MIN, f64::max);
    let mut sum = 0.0;
    for (slope, score) in slopes.iter_mut().zip(&scores[..class]) {
        *slope = exp(score - highest);
        sum += *slope;
    }
    for slope in &mut slopes[..class] {
        *slope /= sum;
    }
    slopes[lesson.kind] -= 1.0;
    let chance = 1.0 / (1.0 + exp(-scores[class]));
    slopes[class] = (chance - f64::from(u8::from(lesson.security))) * recipe.class_rate;
}

/// e to the power of `x`.
pub fn exp(x: f64) -> f64 {
    exact::exp2(x * std::f64::consts::LOG2_E)
}
