#include "core/deploy/python_model.h"

namespace fovea::deploy {

// clang-format off
const std::string_view kPythonModel = R"PY("""The models of Fovea in PyTorch: to read and to use.

Histories stand in time order, padded with 0 on the left; an item is its index in items.csv. A model of the next item:

    import model
    m = model.load(".")                       # the folder of this file
    scores = m.next_item([[0, 3, 1, 2]])      # (B, L) to (B, items + 1); column 0 = -inf

A model of ratings:

    rating = m.rating([[0, 3, 1]], [[0.0, 4.0, 5.0]], target=[2])      # (B, L), (B, L), (B) to (B)
"""
import json
import math
import pathlib

import torch
from safetensors.torch import load_file
from torch.nn.functional import layer_norm, linear


class Model:
    """sasrec and article, one history after the other."""

    def __init__(self, config, weights):
        self.p, self.w, self.config = config["parameters"], weights, config
        self.layers, self.heads = self.p["layers"], self.p["heads"]
        self.norm, self.feed_forward = self.p["norm"], self.p["ffn_width"] > 0

    def next_item(self, items):
        """int64 (B, L) to float (B, items + 1). The last max_length items of a row count."""
        if self.config["task"] != "the next item":
            raise ValueError("this model predicts ratings: call rating()")
        rows = torch.as_tensor(items)
        return torch.stack([self.scores_after(row[first_item(row) :]) for row in rows])

    def rating(self, items, ratings, target, user=None):
        """int64 (B, L), float (B, L), int64 (B) to float (B), not clipped. The last max_length - 1 events of a row
        count; `user` (B) are rows of users.csv, 0 = a user that is not known."""
        if self.config["task"] != "ratings":
            raise ValueError("this model predicts the next item: call next_item()")
        items, target = torch.as_tensor(items), torch.as_tensor(target)
        ratings = torch.as_tensor(ratings, dtype=torch.float32)
        user = torch.zeros_like(target) if user is None else torch.as_tensor(user)
        return torch.stack([self.rating_of(*row) for row in zip(items, ratings, target, user)])

    # One history, from here on: (L) or (L, width).

    def scores_after(self, items):
        last = self.blocks(self.embedded(items[-self.p["max_length"] :]))[-1]
        scores = last @ self.w["items.weight"].T
        scores[0] = -math.inf  # PAD is no item
        return scores

    def rating_of(self, items, ratings, target, user):
        begin = max(int((items == 0).sum()), len(items) - (self.p["max_length"] - 1))
        x = self.embedded(torch.cat([items[begin:], target.view(1)]))
        half = max(1.0, (self.config["highest_value"] - self.config["lowest_value"]) / 2)
        v = (ratings[begin:] - self.config["mean_value"]) / half
        rated = x[:-1] + self.linear(torch.stack([v, v * v], 1), "ratings")
        keys = torch.cat([self.w["start"], rated])
        if self.layers == 1 and not self.feed_forward:
            x = self.attention(x, keys, "attention")
        else:
            x = self.blocks(x, keys)
        score = self.linear(x[-1], "head")[0] + self.w["mean"][0]
        if "item_bias" in self.w:
            score = score + self.w["item_bias"][target] + self.w["user_bias"][user]
        return score

    def embedded(self, items):
        recency = torch.arange(len(items) - 1, -1, -1)
        return self.w["items.weight"][items] + self.w["positions.weight"][recency]

    def linear(self, x, name):
        return linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def normed(self, x, name):
        return layer_norm(x, x.shape[-1:], self.w[name + ".weight"], self.w[name + ".bias"], 1e-5)

    def attention(self, queries, keys, name):
        length, width = queries.shape
        split = lambda x: x.view(length, self.heads, -1).transpose(0, 1)
        q, k, v = (
            split(self.linear(x, f"{name}.{part}"))
            for x, part in ((queries, "query"), (keys, "key"), (keys, "value"))
        )
        scores = q @ k.transpose(1, 2) / math.sqrt(width // self.heads)
        future = torch.ones(length, length).triu(1).bool()
        out = (scores.masked_fill(future, -math.inf).softmax(-1) @ v).transpose(0, 1)
        out = out.reshape(length, width)
        return self.linear(out, name + ".out") if name + ".out.weight" in self.w else out

    def feed(self, x, name):
        return self.linear(self.linear(x, name + ".up").relu(), name + ".down")

    def block(self, x, keys, name):
        attend = lambda q, own: self.attention(q, own if keys is None else keys, name + ".attention")
        before = lambda y: self.normed(y, name + ".attention_norm")
        if self.norm == "pre":
            q = before(x)
            x = x + attend(q, q)
            if self.feed_forward:
                x = x + self.feed(self.normed(x, name + ".forward_norm"), name)
        elif self.norm == "post":
            x = before(x + attend(x, x))
            if self.feed_forward:
                x = self.normed(x + self.feed(x, name), name + ".forward_norm")
        else:  # queries normalised, keys and values not; residuals from the normalised
            q = before(x)
            x = q + attend(q, x)
            if self.feed_forward:
                y = self.normed(x, name + ".forward_norm")
                x = y + self.feed(y, name)
        return x

    def blocks(self, x, keys=None):
        for layer in range(self.layers):
            x = self.block(x, keys, f"blocks.{layer}")
        return self.normed(x, "final_norm") if "final_norm.weight" in self.w else x


def first_item(row):
    """Where the padding ends; a row of zeros alone keeps its last."""
    return min(int((row == 0).sum()), len(row) - 1)


def load(folder):
    folder = pathlib.Path(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return Model(config, load_file(folder / "model.safetensors"))
)PY";
// clang-format on

} // namespace fovea::deploy
