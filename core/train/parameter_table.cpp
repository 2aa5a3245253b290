#include "core/eval/metrics.h"
#include "core/model/kinds.h"
#include "core/train/losses.h"
#include "core/train/parameters.h"
#include "core/train/schedules.h"

namespace fovea::train {

namespace {

template <typename Rows> std::vector<std::string> namesOf(const Rows& rows)
{
    std::vector<std::string> list;
    for (const auto& row : rows)
        list.emplace_back(row.name);
    return list;
}

std::vector<std::string> orAuto(std::vector<std::string> list)
{
    list.insert(list.begin(), "auto");
    return list;
}

struct Range {
    double least;
    double most;
    std::string_view unit = {};
};

// Collects the rows, group by group.
class Table {
public:
    void group(std::string_view name) { m_group = name; }

    // Basic rows are shown at once, the others behind "more".
    template <typename Values>
    void basic(
        std::string_view key, std::string_view label, Parameter::Field field, const Values& values,
        std::string_view help)
    {
        add({key, label, m_group, false, field, 0, 0, {}, {}, help}, values);
        m_rows.back().basic = true;
    }
    template <typename Values>
    void more(
        std::string_view key, std::string_view label, Parameter::Field field, const Values& values,
        std::string_view help)
    {
        add({key, label, m_group, false, field, 0, 0, {}, {}, help}, values);
    }
    void more(
        std::string_view key, std::string_view label, bool RunConfig::*field, std::string_view help)
    {
        m_rows.push_back({key, label, m_group, false, field, 0, 0, {}, {}, help});
    }

    // Of the row that was added last.
    void mayChangeWhilePaused() { m_rows.back().whilePaused = true; }

    std::vector<Parameter> take() { return std::move(m_rows); }

private:
    void add(Parameter row, const Range& range)
    {
        row.least = range.least;
        row.most = range.most;
        row.unit = range.unit;
        m_rows.push_back(std::move(row));
    }
    void add(Parameter row, const std::vector<std::string>& choices)
    {
        row.choices = choices;
        m_rows.push_back(std::move(row));
    }

    std::string_view m_group;
    std::vector<Parameter> m_rows;
};

std::vector<Parameter> makeTable()
{
    using C = RunConfig;
    using Names = std::vector<std::string>;
    Table t;
    t.group("Model");
    t.basic("model", "Model", &C::model, namesOf(model::kinds()), "the model to train");
    t.basic(
        "width", "Width", &C::width, Range{1, 4096},
        "size of an item's vector; the heads must divide it");
    t.basic(
        "layers", "Layers", &C::layers, Range{1, 64}, "attention blocks, one on top of the other");
    t.basic(
        "max_length", "History length", &C::maxLength, Range{1, 100000, "events"},
        "how many of the most recent events the model sees");
    t.more(
        "ffn_width", "Feed-forward width", &C::ffnWidth, Range{0, 65536},
        "hidden size of the feed-forward part of a block; 0 leaves it out");
    t.more(
        "norm", "Normalisation", &C::norm, Names{"pre", "post", "original"},
        "where a block normalises: before each part, after each residual, or as the SASRec "
        "paper's code does");
    t.more("biases", "Biases", &C::biases, "ratings: add a bias of the user and one of the item");

    t.group("Attention");
    t.basic("heads", "Heads", &C::heads, Range{1, 256}, "attention heads of a block");

    t.group("Regularisation");
    t.basic(
        "dropout", "Dropout", &C::dropout, Range{0, 0.95},
        "fraction dropped in training; default for attention and hidden dropout");
    t.mayChangeWhilePaused();
    t.more(
        "attention_dropout", "Attention dropout", &C::attentionDropout, Range{0, 0.95},
        "fraction of attention weights dropped in training");
    t.more(
        "hidden_dropout", "Hidden dropout", &C::hiddenDropout, Range{0, 0.95},
        "fraction of hidden values dropped in training");
    t.more(
        "weight_decay", "Weight decay", &C::weightDecay, Range{0, 10},
        "decoupled decay, times the learning rate: of matrices and tables of vectors; with "
        "item_updates = touched of the items that a step updates");
    t.more(
        "decay_of", "Decay of", &C::decayOf, Names{"weights", "all"},
        "what weight_decay shrinks: weights, or all, which takes biases, norms and the mean too, "
        "as runs of earlier versions did");

    t.group("Loss");
    t.basic("loss", "Loss", &C::loss, orAuto(namesOf(losses())), "loss function to minimise");
    t.more(
        "negatives", "Negatives", &C::negatives, Range{1, 10000},
        "items drawn against each target by sampled losses");

    t.group("Optimiser");
    t.basic(
        "learning_rate", "Learning rate", &C::learningRate, Range{1e-8, 10}, "step size of Adam");
    t.mayChangeWhilePaused();
    t.basic(
        "batch", "Batch", &C::batch, Range{1, 1000000, "histories"},
        "histories a training step takes");
    t.more(
        "item_updates", "Item updates", &C::itemUpdates, Names{"all", "touched"},
        "items whose vectors a step updates: all, as Adam is defined, or those that the step read, "
        "which is fast for a large catalogue with a sampled loss; an item that rests then keeps "
        "its moments");
    t.more(
        "clip", "Gradient clipping", &C::clip, Range{0, 1e6},
        "largest norm of the whole gradient; 0 leaves it as it is");

    t.group("Schedule");
    t.more("schedule", "Schedule", &C::schedule, namesOf(schedules()), "learning-rate schedule");
    t.more(
        "warmup", "Warm-up", &C::warmup, Range{0, 1e9, "steps"},
        "steps in which the learning rate rises from zero");

    t.group("Stopping");
    t.basic(
        "epochs", "Epochs", &C::epochs, Range{1, 1000000}, "most passes over the training events");
    t.basic(
        "patience", "Patience", &C::patience, Range{0, 1000000, "epochs"},
        "stop after so many epochs without a better metric; 0 never stops early");
    t.more(
        "keep_every", "Keep every", &C::keepEvery, Range{0, 1000000, "epochs"},
        "keep a checkpoint every so many epochs; 0 keeps the last and the best");
    t.more(
        "save_every", "Save every", &C::saveEvery, Range{0, 1e4, "minutes"},
        "also save every so many minutes during long epochs; 0 saves only after each epoch");

    t.group("Evaluation");
    t.basic(
        "metric", "Metric", &C::metric, orAuto(eval::metricNames()),
        "the validation metric that picks the best epoch");

    t.group("Device");
    t.more(
        "seed", "Seed", &C::seed, Range{0, 9e15}, "the one number that all random draws come from");
    t.more(
        "threads", "Threads", &C::threads, Range{0, 1024},
        "threads that compute; 0 takes all cores");
    t.more(
        "engine", "Engine", &C::engine, Names{"packed", "reference"},
        "what computes: Fovea's own kernels, or LibTorch's plain operations, slower, to check a "
        "result by");
    t.more("device", "Device", &C::device, Names{"auto", "cpu"}, "where to compute");
    return t.take();
}

} // namespace

std::span<const Parameter> parameters()
{
    static const std::vector<Parameter> table = makeTable();
    return table;
}

} // namespace fovea::train
