<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>fovea::gui::Actions</name>
        <message>
            <source>&amp;Open data…</source>
            <translation>打开数据(&amp;O)…</translation>
        </message>
        <message>
            <source>A file of events: user, item, time</source>
            <translation>事件文件：用户、物品、时间</translation>
        </message>
        <message>
            <source>Open the &amp;sample</source>
            <translation>打开示例(&amp;S)</translation>
        </message>
        <message>
            <source>Made data whose causes are known</source>
            <translation>原因已知的人造数据</translation>
        </message>
        <message>
            <source>Open &amp;workspace…</source>
            <translation>打开工作区(&amp;W)…</translation>
        </message>
        <message>
            <source>Open r&amp;un…</source>
            <translation>打开运行(&amp;U)…</translation>
        </message>
        <message>
            <source>Open se&amp;ttings…</source>
            <translation>打开设置(&amp;T)…</translation>
        </message>
        <message>
            <source>Sa&amp;ve settings…</source>
            <translation>保存设置(&amp;V)…</translation>
        </message>
        <message>
            <source>As a file that fovea train --config takes</source>
            <translation>存为 fovea train --config 可用的文件</translation>
        </message>
        <message>
            <source>Attention &amp;map</source>
            <translation>注意力图(&amp;M)</translation>
        </message>
        <message>
            <source>The map of the picked user beside the curves, following the training</source>
            <translation>在曲线旁显示所选用户的注意力图，随训练更新</translation>
        </message>
        <message>
            <source>&amp;Attention map…</source>
            <translation>注意力图(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Curves…</source>
            <translation>曲线(&amp;C)…</translation>
        </message>
        <message>
            <source>Save the curves as a picture or a table</source>
            <translation>将曲线存为图片或表格</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Model as %1…</source>
            <translation>模型（%1）…</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Train</source>
            <translation>训练(&amp;T)</translation>
        </message>
        <message>
            <source>Train a new run with these settings</source>
            <translation>用这些设置训练一次新的运行</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>暂停(&amp;P)</translation>
        </message>
        <message>
            <source>Hold the run before its next step</source>
            <translation>在下一步之前停住</translation>
        </message>
        <message>
            <source>Re&amp;sume</source>
            <translation>继续(&amp;S)</translation>
        </message>
        <message>
            <source>Go on with the run</source>
            <translation>继续这次运行</translation>
        </message>
        <message>
            <source>St&amp;op</source>
            <translation>停止(&amp;O)</translation>
        </message>
        <message>
            <source>End the run; the best epoch is kept</source>
            <translation>结束运行；保留最好的一轮</translation>
        </message>
        <message>
            <source>Next &amp;batch</source>
            <translation>下一批次(&amp;B)</translation>
        </message>
        <message>
            <source>One training step, then hold again</source>
            <translation>训练一步，然后再停住</translation>
        </message>
        <message>
            <source>To epo&amp;ch end</source>
            <translation>到本轮结束(&amp;C)</translation>
        </message>
        <message>
            <source>To the end of the epoch, then hold again</source>
            <translation>到本轮结束，然后再停住</translation>
        </message>
        <message>
            <source>N&amp;ew run</source>
            <translation>新运行(&amp;E)</translation>
        </message>
        <message>
            <source>Free the settings and clear the curves; the run stays on the disk</source>
            <translation>解锁设置并清除曲线；运行保留在磁盘上</translation>
        </message>
        <message>
            <source>&amp;Data</source>
            <translation>数据(&amp;D)</translation>
        </message>
        <message>
            <source>Data: what is there</source>
            <translation>数据：有什么</translation>
        </message>
        <message>
            <source>T&amp;rain</source>
            <translation>训练(&amp;R)</translation>
        </message>
        <message>
            <source>Train: settings and curves</source>
            <translation>训练：设置和曲线</translation>
        </message>
        <message>
            <source>&amp;Attention</source>
            <translation>注意力(&amp;A)</translation>
        </message>
        <message>
            <source>Attention: what the heads look at</source>
            <translation>注意力：各头在看什么</translation>
        </message>
        <message>
            <source>&amp;Preferences…</source>
            <translation>首选项(&amp;P)…</translation>
        </message>
        <message>
            <source>Lo&amp;g</source>
            <translation>日志(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Full screen</source>
            <translation>全屏(&amp;F)</translation>
        </message>
        <message>
            <source>What's &amp;this?</source>
            <translation>这是什么？(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;About Fovea</source>
            <translation>关于 Fovea(&amp;A)</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::AttentionPage</name>
        <message>
            <source>Attention behind the rating of %1: predicted %2, given %3</source>
            <translation>对 %1 的评分背后的注意力：预测 %2，实际 %3</translation>
        </message>
        <message>
            <source>Attention behind the next recommendation, newest event first</source>
            <translation>下一次推荐背后的注意力，最新的事件在前</translation>
        </message>
        <message>
            <source>Open data on the Data page, then train a model.</source>
            <translation>请先在“数据”页打开数据，再训练一个模型。</translation>
        </message>
        <message>
            <source>Train a model on the Train page: its attention appears here, live.</source>
            <translation>请在“训练”页训练一个模型：它的注意力会实时显示在这里。</translation>
        </message>
        <message>
            <source>This model has no attention to show.</source>
            <translation>此模型没有可显示的注意力。</translation>
        </message>
        <message>
            <source>The model is computing the map…</source>
            <translation>模型正在计算注意力图……</translation>
        </message>
        <message>
            <source>Pick a user on the left.</source>
            <translation>请在左侧选择一个用户。</translation>
        </message>
        <message>
            <source>No user or title matches.</source>
            <translation>没有匹配的用户或标题。</translation>
        </message>
        <message>
            <source>Search users or titles</source>
            <translation>搜索用户或标题</translation>
        </message>
        <message>
            <source>Search users by id or by titles in their history</source>
            <translation>按编号或历史中的标题搜索用户</translation>
        </message>
        <message>
            <source>Users</source>
            <translation>用户</translation>
        </message>
        <message>
            <source>R&amp;andom</source>
            <translation>随机(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Longest</source>
            <translation>最长(&amp;L)</translation>
        </message>
        <message>
            <source>Most &amp;wrong</source>
            <translation>错得最多(&amp;W)</translation>
        </message>
        <message>
            <source>Users whose validation event the model ranks worst, first</source>
            <translation>把模型对验证事件排名最差的用户排在前面</translation>
        </message>
        <message>
            <source>Users with the longest history first</source>
            <translation>把历史最长的用户排在前面</translation>
        </message>
        <message>
            <source>Any user</source>
            <translation>任意一个用户</translation>
        </message>
        <message>
            <source>&amp;Scale</source>
            <translation>标度(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Colours</source>
            <translation>配色(&amp;C)</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>整图</translation>
        </message>
        <message>
            <source>Each row</source>
            <translation>逐行</translation>
        </message>
        <message>
            <source>Logarithm</source>
            <translation>对数</translation>
        </message>
        <message>
            <source>Sea</source>
            <translation>海</translation>
        </message>
        <message>
            <source>Ember</source>
            <translation>炭火</translation>
        </message>
        <message>
            <source>Grey</source>
            <translation>灰</translation>
        </message>
        <message>
            <source>E&amp;xport…</source>
            <translation>导出(&amp;X)…</translation>
        </message>
        <message>
            <source>Each row shows how one event spreads its attention over earlier ones (sums to 1; dropout off). Attention alone does not explain a prediction.</source>
            <translation>每行表示一个事件如何把注意力分配给更早的事件（总和为 1；不使用丢弃）。仅凭注意力不能解释预测。</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::ConfigForm</name>
        <message>
            <source>%1 (auto)</source>
            <translation>%1（自动）</translation>
        </message>
        <message>
            <source>%1 (automatic)</source>
            <translation>%1（自动）</translation>
        </message>
        <message>
            <source>Fewer settings</source>
            <translation>较少设置</translation>
        </message>
        <message>
            <source>More settings (%1 changed)</source>
            <translation>更多设置（%1 项已更改）</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>更多设置</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::CurvePlot</name>
        <message>
            <source>epoch %1</source>
            <translation>第 %1 轮</translation>
        </message>
        <message>
            <source>step %1</source>
            <translation>第 %1 步</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::DataPage</name>
        <message>
            <source>%1 event</source>
            <translation>%1 个事件</translation>
        </message>
        <message>
            <source>%1 events</source>
            <translation>%1 个事件</translation>
        </message>
        <message>
            <source>%1 user</source>
            <translation>%1 个用户</translation>
        </message>
        <message>
            <source>%1 users</source>
            <translation>%1 个用户</translation>
        </message>
        <message>
            <source>%1 item</source>
            <translation>%1 个物品</translation>
        </message>
        <message>
            <source>%1 items</source>
            <translation>%1 个物品</translation>
        </message>
        <message>
            <source>No user has three events: there is nothing to validate or test on.</source>
            <translation>没有用户有三个事件：无法验证或测试。</translation>
        </message>
        <message>
            <source>%1 of %2 test events is about an item never seen in training.</source>
            <translation>%2 个测试事件中有 %1 个的物品从未在训练中出现。</translation>
        </message>
        <message>
            <source>%1 of %2 test events are about items never seen in training.</source>
            <translation>%2 个测试事件中有 %1 个的物品从未在训练中出现。</translation>
        </message>
        <message>
            <source>Time leak: %1 of test events are older than some training events of other users.</source>
            <translation>时间泄漏：%1 的测试事件早于其他用户的某些训练事件。</translation>
        </message>
        <message>
            <source>density %1</source>
            <translation>密度 %1</translation>
        </message>
        <message>
            <source>median %1 events per user (max %2)</source>
            <translation>每个用户的事件数中位数为 %1（最多 %2）</translation>
        </message>
        <message>
            <source>values %1 to %2</source>
            <translation>取值 %1 至 %2</translation>
        </message>
        <message>
            <source>weights %1 to %2</source>
            <translation>权重 %1 到 %2</translation>
        </message>
        <message>
            <source>The file has no times; its order counts.</source>
            <translation>文件没有时间；以其顺序为准。</translation>
        </message>
        <message>
            <source>Leave-one-out split: %1 for training; of %2 the second-to-last event is for validation, the last for testing.</source>
            <translation>留一法划分：%1用于训练；%2的倒数第二个事件用于验证，最后一个用于测试。</translation>
        </message>
        <message>
            <source>What do your users look at?</source>
            <translation>您的用户在看什么？</translation>
        </message>
        <message>
            <source>Open a file of events (user, item, time): clicks, purchases, ratings. Or start with the built-in sample with known causes. You can also drop a file on this window.</source>
            <translation>打开一个事件文件（用户、物品、时间）：点击、购买、评分。或从内置的、原因已知的示例开始。也可以把文件拖到此窗口。</translation>
        </message>
        <message>
            <source>Events per user (log bins)</source>
            <translation>每个用户的事件数（对数区间）</translation>
        </message>
        <message>
            <source>Events per item (log bins)</source>
            <translation>每个物品的事件数（对数区间）</translation>
        </message>
        <message>
            <source>Events over time</source>
            <translation>事件随时间的分布</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search users and items</source>
            <translation>搜索用户和物品</translation>
        </message>
        <message>
            <source>Users</source>
            <translation>用户</translation>
        </message>
        <message>
            <source>Items</source>
            <translation>物品</translation>
        </message>
        <message>
            <source>Users and items</source>
            <translation>用户和物品</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::ErrorBar</name>
        <message>
            <source>Close the message</source>
            <translation>关闭消息</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::ExportDialog</name>
        <message>
            <source>&amp;Browse…</source>
            <translation>浏览(&amp;B)…</translation>
        </message>
        <message>
            <source>&amp;Format:</source>
            <translation>格式(&amp;F)：</translation>
        </message>
        <message>
            <source>&amp;Width:</source>
            <translation>宽度(&amp;W)：</translation>
        </message>
        <message>
            <source>F&amp;ile:</source>
            <translation>文件(&amp;I)：</translation>
        </message>
        <message>
            <source>%1 already exists.</source>
            <translation>%1 已存在。</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>替换</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::Exports</name>
        <message>
            <source>Saving the model</source>
            <translation>正在保存模型</translation>
        </message>
        <message>
            <source>Save the attention map</source>
            <translation>保存注意力图</translation>
        </message>
        <message>
            <source>Save the curves</source>
            <translation>保存曲线</translation>
        </message>
        <message>
            <source>Save the model as a new folder</source>
            <translation>把模型保存为新文件夹</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::HeatMapView</name>
        <message>
            <source>Attention map</source>
            <translation>注意力图</translation>
        </message>
        <message>
            <source>This model has no attention to show.</source>
            <translation>此模型没有可显示的注意力。</translation>
        </message>
        <message>
            <source>%1: %2 looks at %3</source>
            <translation>%1：%2 关注 %3</translation>
        </message>
        <message>
            <source>row</source>
            <translation>行</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::HistogramView</name>
        <message>
            <source>tallest bar: %1</source>
            <translation>最高的柱：%1</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <translation>%1 至 %2</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::ImportChoices</name>
        <message>
            <source>&amp;Filters</source>
            <translation>筛选(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Problems</source>
            <translation>问题(&amp;P)</translation>
        </message>
        <message>
            <source>any</source>
            <translation>不限</translation>
        </message>
        <message>
            <source>A moment, as 2015-03-31 or 2015-03-31 14:30:00</source>
            <translation>时刻，如 2015-03-31 或 2015-03-31 14:30:00</translation>
        </message>
        <message>
            <source>all</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Types of events that are taken, as: view, cart</source>
            <translation>要导入的事件类型，如：view, cart</translation>
        </message>
        <message>
            <source>1 for all</source>
            <translation>全为 1</translation>
        </message>
        <message>
            <source>As: view=1, buy=5. What an event counts in the loss: "value", "log" (of one more than the value), or types with their weights. Types that are not named weigh 1. What weighs 0 stays in the history, but nothing is learned to foretell it.</source>
            <translation>例如：view=1, buy=5。事件在损失中的权重：“value”（按值）、“log”（值加一的对数），或各类型及其权重。未列出的类型权重为 1。权重为 0 的事件保留在历史中，但模型不学习预测它。</translation>
        </message>
        <message>
            <source>Min. events per &amp;user:</source>
            <translation>每个用户至少的事件数(&amp;U)：</translation>
        </message>
        <message>
            <source>Min. events per i&amp;tem:</source>
            <translation>每个物品至少的事件数(&amp;T)：</translation>
        </message>
        <message>
            <source>&amp;Lowest value:</source>
            <translation>最低数值(&amp;L)：</translation>
        </message>
        <message>
            <source>Hi&amp;ghest value:</source>
            <translation>最高数值(&amp;G)：</translation>
        </message>
        <message>
            <source>Fro&amp;m (UTC):</source>
            <translation>起始时间（UTC）(&amp;M)：</translation>
        </message>
        <message>
            <source>&amp;Before (UTC):</source>
            <translation>截止时间之前（UTC）(&amp;B)：</translation>
        </message>
        <message>
            <source>T&amp;ypes of events:</source>
            <translation>事件类型(&amp;Y)：</translation>
        </message>
        <message>
            <source>Loss &amp;weight:</source>
            <translation>损失权重(&amp;W)：</translation>
        </message>
        <message>
            <source>&amp;Value to fill in:</source>
            <translation>填入的值（&amp;V）：</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::ItemTableModel</name>
        <message>
            <source>Item</source>
            <translation>物品</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>事件</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::LastRowModel</name>
        <message>
            <source>Event</source>
            <translation>事件</translation>
        </message>
        <message>
            <source>Weight</source>
            <translation>权重</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::LiveMap</name>
        <message>
            <source>This model has no attention to show.</source>
            <translation>此模型没有可显示的注意力。</translation>
        </message>
        <message>
            <source>The model is computing the map…</source>
            <translation>模型正在计算注意力图……</translation>
        </message>
        <message>
            <source>The map of one user appears here while a run trains.</source>
            <translation>训练时这里显示一个用户的注意力图。</translation>
        </message>
        <message>
            <source>Attention</source>
            <translation>注意力</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::LogView</name>
        <message>
            <source>warning: </source>
            <translation>警告：</translation>
        </message>
        <message>
            <source>error: </source>
            <translation>错误：</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>日志</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::MainWindow</name>
        <message>
            <source>Saved: %1</source>
            <translation>已保存：%1</translation>
        </message>
        <message>
            <source>Show folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Save elsewhere…</source>
            <translation>保存到别处…</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>This workspace is open for reading. %1</source>
            <translation>此工作区以只读方式打开。%1</translation>
        </message>
        <message>
            <source>Another workspace…</source>
            <translation>其他工作区…</translation>
        </message>
        <message>
            <source>The run %1 did not finish. It can go on where it was.</source>
            <translation>运行 %1 没有完成。可以从中断处继续。</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>&amp;Undo %1</source>
            <translation>撤销%1(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Redo %1</source>
            <translation>重做%1(&amp;R)</translation>
        </message>
        <message>
            <source>Use that</source>
            <translation>就用它</translation>
        </message>
        <message>
            <source>settings that fit into memory</source>
            <translation>内存放得下的设置</translation>
        </message>
        <message>
            <source>A run is training</source>
            <translation>正在训练</translation>
        </message>
        <message>
            <source>Stop training and quit? Progress is saved; you can resume later.</source>
            <translation>要停止训练并退出吗？进度已保存，以后可以继续。</translation>
        </message>
        <message>
            <source>Stop and close</source>
            <translation>停止并关闭</translation>
        </message>
        <message>
            <source>Keep training</source>
            <translation>继续训练</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>页面</translation>
        </message>
        <message>
            <source>About Fovea</source>
            <translation>关于 Fovea</translation>
        </message>
        <message>
            <source>&lt;h3&gt;Fovea %1&lt;/h3&gt;&lt;p&gt;Trains attention-based recommenders and shows what their attention does.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
            <translation>&lt;h3&gt;Fovea %1&lt;/h3&gt;&lt;p&gt;训练基于注意力的推荐模型，并展示其注意力的作用。&lt;/p&gt;&lt;p&gt;自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Open a workspace</source>
            <translation>打开工作区</translation>
        </message>
        <message>
            <source>Open a run</source>
            <translation>打开一次运行</translation>
        </message>
        <message>
            <source>%1 is not a workspace yet.</source>
            <translation>%1 还不是工作区。</translation>
        </message>
        <message>
            <source>Create workspace here</source>
            <translation>在此创建工作区</translation>
        </message>
        <message>
            <source>Open settings</source>
            <translation>打开设置</translation>
        </message>
        <message>
            <source>Settings (*.json);;All files (*)</source>
            <translation>设置 (*.json);;所有文件 (*)</translation>
        </message>
        <message>
            <source>Another file…</source>
            <translation>另选文件…</translation>
        </message>
        <message>
            <source>Save settings</source>
            <translation>保存设置</translation>
        </message>
        <message>
            <source>Settings (*.json)</source>
            <translation>设置 (*.json)</translation>
        </message>
        <message>
            <source>Open data…</source>
            <translation>打开数据…</translation>
        </message>
        <message>
            <source>Choose its data set…</source>
            <translation>选择它的数据集…</translation>
        </message>
        <message>
            <source>The run's data set</source>
            <translation>该运行的数据集</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::MapSource</name>
        <message>
            <source>User %1, layer %2, %3; after step %4</source>
            <translation>用户 %1，第 %2 层，%3；第 %4 步之后</translation>
        </message>
        <message>
            <source>mean of heads</source>
            <translation>各头平均</translation>
        </message>
        <message>
            <source>head %1</source>
            <translation>第 %1 头</translation>
        </message>
        <message>
            <source>; the last %1 of %2 events</source>
            <translation>；%2 个事件中的最后 %1 个</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::Menus</name>
        <message>
            <source>None yet</source>
            <translation>还没有</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Recent workspaces</source>
            <translation>最近的工作区(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Data sets</source>
            <translation>数据集(&amp;D)</translation>
        </message>
        <message>
            <source>Ru&amp;ns</source>
            <translation>运行(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Export</source>
            <translation>导出(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Run</source>
            <translation>运行(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>主题(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>语言(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;System</source>
            <translation>跟随系统(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>浅色(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>深色(&amp;D)</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::OpenDataDialog</name>
        <message>
            <source>User</source>
            <translation>用户</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>物品</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>items file: %1</source>
            <translation>物品文件：%1</translation>
        </message>
        <message>
            <source>users file: %1</source>
            <translation>用户文件：%1</translation>
        </message>
        <message>
            <source>, first in line %1</source>
            <translation>，首次出现在第 %1 行</translation>
        </message>
        <message>
            <source>, first in row %1</source>
            <translation>，首次出现在第 %1 行</translation>
        </message>
        <message>
            <source>, first in %1, line %2</source>
            <translation>，首见于 %1 第 %2 行</translation>
        </message>
        <message>
            <source>, first in %1, row %2</source>
            <translation>，首次出现在 %1 第 %2 行</translation>
        </message>
        <message>
            <source>Data files (*.csv *.tsv *.txt *.dat *.inter *.data *.json *.jsonl *.parquet *.feather *.arrow *.db *.sqlite *.sqlite3 *.gz *.bz2 *.xz *.zst *.zip *.tar *.tgz);;All files (*)</source>
            <translation>数据文件 (*.csv *.tsv *.txt *.dat *.inter *.data *.json *.jsonl *.parquet *.feather *.arrow *.db *.sqlite *.sqlite3 *.gz *.bz2 *.xz *.zst *.zip *.tar *.tgz);;所有文件 (*)</translation>
        </message>
        <message>
            <source>Open data</source>
            <translation>打开数据</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>导入</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Browse…</source>
            <translation>浏览…</translation>
        </message>
        <message>
            <source>&amp;Events:</source>
            <translation>事件(&amp;E)：</translation>
        </message>
        <message>
            <source>Files of events</source>
            <translation>事件文件</translation>
        </message>
        <message>
            <source>&amp;Items (titles, optional):</source>
            <translation>物品（标题，可选）(&amp;I)：</translation>
        </message>
        <message>
            <source>Files of items</source>
            <translation>物品文件</translation>
        </message>
        <message>
            <source>Use&amp;rs (optional):</source>
            <translation>用户（可选）(&amp;R)：</translation>
        </message>
        <message>
            <source>File of users</source>
            <translation>用户文件</translation>
        </message>
        <message>
            <source>Ve&amp;ctors of items (optional):</source>
            <translation>物品向量（可选）(&amp;C)：</translation>
        </message>
        <message>
            <source>File of vectors</source>
            <translation>向量文件</translation>
        </message>
        <message>
            <source>A matrix with a row for each row of the items file: .npy or .safetensors</source>
            <translation>一个矩阵，物品文件的每一行对应一行：.npy 或 .safetensors</translation>
        </message>
        <message>
            <source>A file, or several of one table with ";" between them</source>
            <translation>一个文件，或同一张表的多个文件，以“;”分隔</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>Delimiter</source>
            <translation>分隔符</translation>
        </message>
        <message>
            <source>What stands between two columns; any other may be typed</source>
            <translation>两列之间的分隔符；也可以输入其他的</translation>
        </message>
        <message>
            <source>First row is a &amp;header</source>
            <translation>首行是表头(&amp;H)</translation>
        </message>
        <message>
            <source>Encoding</source>
            <translation>编码</translation>
        </message>
        <message>
            <source>Encoding: automatic</source>
            <translation>编码：自动</translation>
        </message>
        <message>
            <source>How times are written</source>
            <translation>时间的写法</translation>
        </message>
        <message>
            <source>Times: automatic</source>
            <translation>时间：自动</translation>
        </message>
        <message>
            <source>File of the archive or table of the database</source>
            <translation>压缩包中的文件或数据库中的表</translation>
        </message>
        <message>
            <source>Using your settings for the last file like this.</source>
            <translation>沿用上一个此类文件的设置。</translation>
        </message>
        <message>
            <source>Start over</source>
            <translation>重新开始</translation>
        </message>
        <message>
            <source>First rows of the file, a role over each column</source>
            <translation>文件的前几行，每列上方是其角色</translation>
        </message>
        <message>
            <source>Items &amp;and users</source>
            <translation>物品与用户(&amp;A)</translation>
        </message>
        <message>
            <source>Import preview</source>
            <translation>导入预览</translation>
        </message>
        <message>
            <source>Matrices (*.npy *.safetensors);;All files (*)</source>
            <translation>矩阵 (*.npy *.safetensors);;所有文件 (*)</translation>
        </message>
        <message>
            <source>Looking into the files…</source>
            <translation>正在查看这些文件…</translation>
        </message>
        <message>
            <source>Choose a file of events.</source>
            <translation>请选择一个事件文件。</translation>
        </message>
        <message>
            <source>This is a folder. Press Enter to look into it.</source>
            <translation>这是一个文件夹。按回车键查看其中的文件。</translation>
        </message>
        <message>
            <source>Looking into the file…</source>
            <translation>正在查看文件…</translation>
        </message>
        <message>
            <source>A table, or a query: SELECT …</source>
            <translation>表名，或查询：SELECT …</translation>
        </message>
        <message>
            <source>Encoding: %1 (automatic)</source>
            <translation>编码：%1（自动）</translation>
        </message>
        <message>
            <source>Column %1</source>
            <translation>第 %1 列</translation>
        </message>
        <message>
            <source>Ignore</source>
            <translation>忽略</translation>
        </message>
        <message>
            <source>About the item</source>
            <translation>关于物品</translation>
        </message>
        <message>
            <source>A number, a text, a vector or the path of an image, as in a file of items</source>
            <translation>数字、文本、向量或图片路径，同物品文件</translation>
        </message>
        <message>
            <source>Role of %1</source>
            <translation>%1 的角色</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>正在读取…</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message>
            <source>Times</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>%1 = %2, %3</source>
            <translation>%1 = %2，%3</translation>
        </message>
        <message>
            <source>%1 row read</source>
            <translation>读取了 %1 行</translation>
        </message>
        <message>
            <source>%1 rows read</source>
            <translation>读取了 %1 行</translation>
        </message>
        <message>
            <source>%1 event</source>
            <translation>%1 个事件</translation>
        </message>
        <message>
            <source>%1 events</source>
            <translation>%1 个事件</translation>
        </message>
        <message>
            <source>%1 user</source>
            <translation>%1 个用户</translation>
        </message>
        <message>
            <source>%1 users</source>
            <translation>%1 个用户</translation>
        </message>
        <message>
            <source>%1 item</source>
            <translation>%1 个物品</translation>
        </message>
        <message>
            <source>%1 items</source>
            <translation>%1 个物品</translation>
        </message>
        <message>
            <source>density %1</source>
            <translation>密度 %1</translation>
        </message>
        <message>
            <source>%1 session</source>
            <translation>%1 个会话</translation>
        </message>
        <message>
            <source>%1 sessions</source>
            <translation>%1 个会话</translation>
        </message>
        <message>
            <source>no times: the order of the file counts</source>
            <translation>没有时间：以文件顺序为准</translation>
        </message>
        <message>
            <source>No problems found.</source>
            <translation>没有发现问题。</translation>
        </message>
        <message>
            <source>title of %1 item</source>
            <translation>%1 个物品的标题</translation>
        </message>
        <message>
            <source>titles of %1 items</source>
            <translation>%1 个物品的标题</translation>
        </message>
        <message>
            <source>Item attributes: %1</source>
            <translation>物品的属性：%1</translation>
        </message>
        <message>
            <source>User attributes: %1</source>
            <translation>用户的属性：%1</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::PreferencesDialog</name>
        <message>
            <source>Preferences</source>
            <translation>首选项</translation>
        </message>
        <message>
            <source>&amp;Language:</source>
            <translation>语言(&amp;L)：</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>&amp;Theme:</source>
            <translation>主题(&amp;T)：</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Threads that &amp;compute:</source>
            <translation>计算线程数(&amp;C)：</translation>
        </message>
        <message>
            <source>all cores but one</source>
            <translation>除一个外的全部核心</translation>
        </message>
        <message>
            <source>From the next start. A run may ask for another number in its settings.</source>
            <translation>下次启动时生效。运行可在其设置中要求别的数目。</translation>
        </message>
    </context>
    <context>
        <name>Progress</name>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancelling…</source>
            <translation>正在取消…</translation>
        </message>
        <message>
            <source>%1 a second, %2 left</source>
            <translation>每秒 %1，剩余 %2</translation>
        </message>
        <message>
            <source>%p %, %1 left</source>
            <translation>%p %，剩余 %1</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::RunFollower</name>
        <message>
            <source>Epoch %1/%2</source>
            <translation>第 %1/%2 轮</translation>
        </message>
        <message>
            <source>batch %1/%2</source>
            <translation>批次 %1/%2</translation>
        </message>
        <message>
            <source>best epoch %1</source>
            <translation>最佳：第 %1 轮</translation>
        </message>
        <message>
            <source>best %1 %2 (epoch %3)</source>
            <translation>最佳 %1 %2（第 %3 轮）</translation>
        </message>
        <message>
            <source>This model learns ratings; the data has none.</source>
            <translation>该模型学习评分，但数据中没有评分。</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Go back to epoch %1 with learning rate %2</source>
            <translation>回到第 %1 轮，学习率改为 %2</translation>
        </message>
        <message>
            <source>Begin again with learning rate %1</source>
            <translation>以学习率 %1 重新开始</translation>
        </message>
        <message>
            <source>Save the run as a new folder</source>
            <translation>将运行保存为新文件夹</translation>
        </message>
        <message>
            <source>Save elsewhere…</source>
            <translation>另存到别处…</translation>
        </message>
        <message>
            <source>Keep it in memory</source>
            <translation>保留在内存中</translation>
        </message>
        <message>
            <source>Discard %1 epochs</source>
            <translation>放弃 %1 轮</translation>
        </message>
        <message>
            <source>Discard one epoch</source>
            <translation>放弃一轮</translation>
        </message>
        <message>
            <source>Discard what was trained since</source>
            <translation>放弃此后训练的内容</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::SideChoices</name>
        <message>
            <source>Ids of items:</source>
            <translation>物品标识列：</translation>
        </message>
        <message>
            <source>Titles:</source>
            <translation>标题列：</translation>
        </message>
        <message>
            <source>Categories:</source>
            <translation>类别列：</translation>
        </message>
        <message>
            <source>Encoding of items:</source>
            <translation>物品文件编码：</translation>
        </message>
        <message>
            <source>Ids of users:</source>
            <translation>用户标识列：</translation>
        </message>
        <message>
            <source>Encoding of users:</source>
            <translation>用户文件编码：</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::StatusLine</name>
        <message>
            <source>Ready</source>
            <translation>就绪</translation>
        </message>
        <message>
            <source>Preparing</source>
            <translation>准备中</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>训练中</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>Interrupted</source>
            <translation>已中断</translation>
        </message>
        <message>
            <source>%1 in another window or terminal</source>
            <translation>%1（在另一个窗口或终端中）</translation>
        </message>
        <message>
            <source>%1 targets a second</source>
            <translation>每秒 %1 个目标</translation>
        </message>
        <message>
            <source>at most %1 left</source>
            <translation>最多还需 %1</translation>
        </message>
        <message>
            <source>CPU, 1 thread</source>
            <translation>CPU，1 个线程</translation>
        </message>
        <message>
            <source>CPU, %1 threads</source>
            <translation>CPU，%1 个线程</translation>
        </message>
        <message>
            <source>Memory that this program uses</source>
            <translation>本程序使用的内存</translation>
        </message>
    </context>
    <context>
        <name>Texts</name>
        <message>
            <source>One of %1.</source>
            <translation>可取 %1。</translation>
        </message>
        <message>
            <source>From %1 to %2.</source>
            <translation>从 %1 到 %2。</translation>
        </message>
        <message>
            <source>From %1 to %2 %3.</source>
            <translation>从 %1 到 %2 %3。</translation>
        </message>
        <message>
            <source>Default: %1. Key: %2.</source>
            <translation>默认：%1。键：%2。</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message>
            <source>%1 ms</source>
            <translation>%1 毫秒</translation>
        </message>
        <message>
            <source>%1 s</source>
            <translation>%1 秒</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <translation>%1 至 %2</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::Thumbnails</name>
        <message>
            <source>layer %1, mean of heads</source>
            <translation>第 %1 层，各头平均</translation>
        </message>
        <message>
            <source>layer %1, head %2</source>
            <translation>第 %1 层，第 %2 头</translation>
        </message>
        <message>
            <source>Heads</source>
            <translation>头</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::TrainPage</name>
        <message>
            <source>preset %1</source>
            <translation>预设“%1”</translation>
        </message>
        <message>
            <source>each step</source>
            <translation>每一步</translation>
        </message>
        <message>
            <source>mean of the epoch</source>
            <translation>本轮平均</translation>
        </message>
        <message>
            <source>best</source>
            <translation>最佳</translation>
        </message>
        <message>
            <source>Open data on the Data page first.</source>
            <translation>请先在“数据”页打开数据。</translation>
        </message>
        <message>
            <source>%1 parameters, ≈ %2 of memory, ≈ %3 per epoch</source>
            <translation>%1 个参数，内存约 %2，每轮约 %3</translation>
        </message>
        <message>
            <source>Custom</source>
            <translation>自定义</translation>
        </message>
        <message>
            <source>Pre&amp;set:</source>
            <translation>预设(&amp;S)：</translation>
        </message>
        <message>
            <source>S&amp;moothing</source>
            <translation>平滑(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Log scale</source>
            <translation>对数刻度(&amp;L)</translation>
        </message>
        <message>
            <source>Auto-s&amp;croll</source>
            <translation>自动滚动(&amp;C)</translation>
        </message>
        <message>
            <source>Atte&amp;ntion</source>
            <translation>注意力(&amp;N)</translation>
        </message>
        <message>
            <source>The map of the picked user beside the curves</source>
            <translation>所选用户的注意力图，显示在曲线旁</translation>
        </message>
        <message>
            <source>Weight of the earlier values in the moving average; 0 shows the values</source>
            <translation>较早的值在移动平均中的权重；0 表示显示原值</translation>
        </message>
        <message>
            <source>These are the settings of the run that has stopped. Dropout and learning rate may change when it goes on; for other settings begin a new run.</source>
            <translation>这些是已停止的运行的设置。继续运行时可以更改丢弃率和学习率；要更改其他设置，请开始新的运行。</translation>
        </message>
        <message>
            <source>Progress of the training</source>
            <translation>训练进度</translation>
        </message>
        <message>
            <source>Loss, by step</source>
            <translation>损失（按步）</translation>
        </message>
        <message>
            <source>Validation, by epoch</source>
            <translation>验证（按轮）</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>Gradient norm</source>
            <translation>梯度范数</translation>
        </message>
        <message>
            <source>Throughput (targets/s)</source>
            <translation>吞吐量（目标/秒）</translation>
        </message>
        <message>
            <source>The curves of a run appear here while it trains.</source>
            <translation>训练时，运行的曲线会显示在这里。</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::UserListModel</name>
        <message>
            <source>%1  (1 event)</source>
            <translation>%1  （1 个事件）</translation>
        </message>
        <message>
            <source>%1  (%2 events)</source>
            <translation>%1  （%2 个事件）</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::UserTableModel</name>
        <message>
            <source>User</source>
            <translation>用户</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>事件</translation>
        </message>
        <message>
            <source>First</source>
            <translation>首次</translation>
        </message>
        <message>
            <source>Last</source>
            <translation>末次</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::Workbench</name>
        <message>
            <source>loading settings of %1</source>
            <translation>载入 %1 的设置</translation>
        </message>
        <message>
            <source>settings for %1</source>
            <translation>%1 的设置</translation>
        </message>
        <message>
            <source>Opening the data set</source>
            <translation>正在打开数据集</translation>
        </message>
        <message>
            <source>Saving the data set</source>
            <translation>正在保存数据集</translation>
        </message>
        <message>
            <source>Making the sample</source>
            <translation>正在生成示例</translation>
        </message>
        <message>
            <source>Opening the run</source>
            <translation>正在打开运行</translation>
        </message>
        <message>
            <source>Preparing the run</source>
            <translation>正在准备运行</translation>
        </message>
        <message>
            <source>the settings before the run</source>
            <translation>运行之前的设置</translation>
        </message>
    </context>
    <context>
        <name>Core</name>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>the model to train</source>
            <translation>要训练的模型</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>宽度</translation>
        </message>
        <message>
            <source>size of an item's vector; the heads must divide it</source>
            <translation>物品向量的大小；必须能被头数整除</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>层数</translation>
        </message>
        <message>
            <source>attention blocks, one on top of the other</source>
            <translation>逐层叠加的注意力块</translation>
        </message>
        <message>
            <source>History length</source>
            <translation>历史长度</translation>
        </message>
        <message>
            <source>events</source>
            <translation>条事件</translation>
        </message>
        <message>
            <source>how many of the most recent events the model sees</source>
            <translation>模型看到最近的多少个事件</translation>
        </message>
        <message>
            <source>Feed-forward width</source>
            <translation>前馈宽度</translation>
        </message>
        <message>
            <source>hidden size of the feed-forward part of a block; 0 leaves it out</source>
            <translation>块中前馈部分的隐藏大小；0 表示不用</translation>
        </message>
        <message>
            <source>Normalisation</source>
            <translation>归一化</translation>
        </message>
        <message>
            <source>where a block normalises: before each part, after each residual, or as the SASRec paper's code does</source>
            <translation>块在何处归一化：每部分之前、每个残差之后，或与 SASRec 论文代码相同</translation>
        </message>
        <message>
            <source>Biases</source>
            <translation>偏置</translation>
        </message>
        <message>
            <source>ratings: add a bias of the user and one of the item</source>
            <translation>评分：加上用户和物品的偏置</translation>
        </message>
        <message>
            <source>Attention</source>
            <translation>注意力</translation>
        </message>
        <message>
            <source>Heads</source>
            <translation>头</translation>
        </message>
        <message>
            <source>attention heads of a block</source>
            <translation>每块的注意力头数</translation>
        </message>
        <message>
            <source>Regularisation</source>
            <translation>正则化</translation>
        </message>
        <message>
            <source>Dropout</source>
            <translation>丢弃率</translation>
        </message>
        <message>
            <source>fraction dropped in training; default for attention and hidden dropout</source>
            <translation>训练时丢弃的比例；注意力丢弃和隐层丢弃的默认值</translation>
        </message>
        <message>
            <source>Attention dropout</source>
            <translation>注意力丢弃率</translation>
        </message>
        <message>
            <source>fraction of attention weights dropped in training</source>
            <translation>训练时丢弃的注意力权重比例</translation>
        </message>
        <message>
            <source>Hidden dropout</source>
            <translation>隐藏层丢弃率</translation>
        </message>
        <message>
            <source>fraction of hidden values dropped in training</source>
            <translation>训练时丢弃的隐层值比例</translation>
        </message>
        <message>
            <source>Weight decay</source>
            <translation>权重衰减</translation>
        </message>
        <message>
            <source>decoupled decay, times the learning rate: of matrices and tables of vectors; with item_updates = touched of the items that a step updates</source>
            <translation>解耦的权重衰减，乘以学习率：作用于矩阵和向量表；item_updates = touched 时只作用于该步更新的物品</translation>
        </message>
        <message>
            <source>Decay of</source>
            <translation>衰减对象</translation>
        </message>
        <message>
            <source>what weight_decay shrinks: weights, or all, which takes biases, norms and the mean too, as runs of earlier versions did</source>
            <translation>weight_decay 缩小什么：weights（权重），或 all（还包括偏置、归一化参数和均值，与早期版本的运行相同）</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>loss function to minimise</source>
            <translation>要最小化的损失函数</translation>
        </message>
        <message>
            <source>Negatives</source>
            <translation>负样本数</translation>
        </message>
        <message>
            <source>items drawn against each target by sampled losses</source>
            <translation>采样损失为每个目标抽取的物品数</translation>
        </message>
        <message>
            <source>Optimiser</source>
            <translation>优化器</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>step size of Adam</source>
            <translation>Adam 的步长</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>批大小</translation>
        </message>
        <message>
            <source>histories</source>
            <translation>条历史</translation>
        </message>
        <message>
            <source>histories a training step takes</source>
            <translation>每个训练步取的历史数</translation>
        </message>
        <message>
            <source>Item updates</source>
            <translation>物品更新</translation>
        </message>
        <message>
            <source>items whose vectors a step updates: all, as Adam is defined, or those that the step read, which is fast for a large catalogue with a sampled loss; an item that rests then keeps its moments</source>
            <translation>每步更新哪些物品的向量：all 按 Adam 的定义更新全部；touched 只更新该步读取的物品，在物品很多且损失为采样时很快，未读取的物品保持其动量</translation>
        </message>
        <message>
            <source>Gradient clipping</source>
            <translation>梯度裁剪</translation>
        </message>
        <message>
            <source>largest norm of the whole gradient; 0 leaves it as it is</source>
            <translation>整个梯度的最大范数；0 表示不裁剪</translation>
        </message>
        <message>
            <source>Schedule</source>
            <translation>学习率日程</translation>
        </message>
        <message>
            <source>learning-rate schedule</source>
            <translation>学习率调度</translation>
        </message>
        <message>
            <source>Warm-up</source>
            <translation>预热</translation>
        </message>
        <message>
            <source>steps</source>
            <translation>步</translation>
        </message>
        <message>
            <source>steps in which the learning rate rises from zero</source>
            <translation>学习率从零上升的步数</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Epochs</source>
            <translation>轮数</translation>
        </message>
        <message>
            <source>most passes over the training events</source>
            <translation>遍历训练事件的最多次数</translation>
        </message>
        <message>
            <source>Patience</source>
            <translation>耐心</translation>
        </message>
        <message>
            <source>epochs</source>
            <translation>轮</translation>
        </message>
        <message>
            <source>stop after so many epochs without a better metric; 0 never stops early</source>
            <translation>指标连续这么多轮没有改进就停止；0 表示从不提前停止</translation>
        </message>
        <message>
            <source>Keep every</source>
            <translation>保留间隔</translation>
        </message>
        <message>
            <source>keep a checkpoint every so many epochs; 0 keeps the last and the best</source>
            <translation>每隔这么多轮保留一个检查点；0 只保留最后和最好的</translation>
        </message>
        <message>
            <source>Save every</source>
            <translation>保存间隔</translation>
        </message>
        <message>
            <source>minutes</source>
            <translation>分钟</translation>
        </message>
        <message>
            <source>also save every so many minutes during long epochs; 0 saves only after each epoch</source>
            <translation>在较长的轮次中每隔这么多分钟也保存一次；0 表示只在每轮之后保存</translation>
        </message>
        <message>
            <source>Evaluation</source>
            <translation>评估</translation>
        </message>
        <message>
            <source>Metric</source>
            <translation>指标</translation>
        </message>
        <message>
            <source>the validation metric that picks the best epoch</source>
            <translation>用来挑选最好一轮的验证指标</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>随机种子</translation>
        </message>
        <message>
            <source>the one number that all random draws come from</source>
            <translation>所有随机抽取都来自这一个数</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>线程数</translation>
        </message>
        <message>
            <source>threads that compute; 0 takes all cores</source>
            <translation>计算所用的线程数；0 表示全部核心</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>计算引擎</translation>
        </message>
        <message>
            <source>what computes: Fovea's own kernels, or LibTorch's plain operations, slower, to check a result by</source>
            <translation>由什么来计算：Fovea 自己的内核，或 LibTorch 的普通运算（较慢，用来核对结果）</translation>
        </message>
        <message>
            <source>where to compute</source>
            <translation>在哪里计算</translation>
        </message>
        <message>
            <source>user</source>
            <translation>用户</translation>
        </message>
        <message>
            <source>item</source>
            <translation>物品</translation>
        </message>
        <message>
            <source>time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>value</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>type</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>title</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>category</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>sure</source>
            <translation>确定</translation>
        </message>
        <message>
            <source>likely</source>
            <translation>很可能</translation>
        </message>
        <message>
            <source>a guess</source>
            <translation>推测</translation>
        </message>
        <message>
            <source>SQLite database</source>
            <translation>SQLite 数据库</translation>
        </message>
        <message>
            <source>Parquet</source>
            <translation>Parquet</translation>
        </message>
        <message>
            <source>Feather (Arrow)</source>
            <translation>Feather（Arrow）</translation>
        </message>
        <message>
            <source>JSON, one object a line</source>
            <translation>JSON，每行一个对象</translation>
        </message>
        <message>
            <source>most of its first lines are JSON objects</source>
            <translation>开头各行大多是 JSON 对象</translation>
        </message>
        <message>
            <source>Python dictionaries, one a line</source>
            <translation>Python 字典，每行一个</translation>
        </message>
        <message>
            <source>most of its first lines are Python dictionaries</source>
            <translation>开头各行大多是 Python 字典</translation>
        </message>
        <message>
            <source>Blocks (item: user,rating,date)</source>
            <translation>分块（物品: 用户,评分,日期）</translation>
        </message>
        <message>
            <source>a line for each item, and under it its users</source>
            <translation>每个物品一行，其下是它的用户</translation>
        </message>
        <message>
            <source>Impressions (MIND)</source>
            <translation>展示记录（MIND）</translation>
        </message>
        <message>
            <source>histories and impressions are in its columns</source>
            <translation>列中是历史与曝光</translation>
        </message>
        <message>
            <source>Sequences (user: item item)</source>
            <translation>序列（用户: 物品 物品）</translation>
        </message>
        <message>
            <source>a line for each user, and on it the items</source>
            <translation>每个用户一行，行内是物品</translation>
        </message>
        <message>
            <source>Delimited text</source>
            <translation>分隔文本</translation>
        </message>
        <message>
            <source>MovieLens 100K</source>
            <translation>MovieLens 100K</translation>
        </message>
        <message>
            <source>MovieLens 100K, items</source>
            <translation>MovieLens 100K，物品</translation>
        </message>
        <message>
            <source>MovieLens 1M, 10M, MovieTweetings</source>
            <translation>MovieLens 1M、10M、MovieTweetings</translation>
        </message>
        <message>
            <source>MovieLens 100K, users</source>
            <translation>MovieLens 100K，用户</translation>
        </message>
        <message>
            <source>MovieLens 1M, users</source>
            <translation>MovieLens 1M，用户</translation>
        </message>
        <message>
            <source>MovieLens 1M, 10M, MovieTweetings, items</source>
            <translation>MovieLens 1M、10M、MovieTweetings，物品</translation>
        </message>
        <message>
            <source>MovieLens 20M, 25M, 32M, latest</source>
            <translation>MovieLens 20M、25M、32M、latest</translation>
        </message>
        <message>
            <source>MovieLens 20M, 25M, 32M, latest, items</source>
            <translation>MovieLens 20M、25M、32M、latest，物品</translation>
        </message>
        <message>
            <source>Amazon reviews 2014, of Kaggle</source>
            <translation>Amazon 评论 2014（Kaggle）</translation>
        </message>
        <message>
            <source>Amazon reviews 2014 and 2018</source>
            <translation>Amazon 评论 2014、2018</translation>
        </message>
        <message>
            <source>Amazon reviews 2014: user, item, rating, time</source>
            <translation>Amazon 评论 2014：用户、物品、评分、时间</translation>
        </message>
        <message>
            <source>Amazon reviews 2018: item, user, rating, time</source>
            <translation>Amazon 评论 2018：物品、用户、评分、时间</translation>
        </message>
        <message>
            <source>Amazon reviews 2023, without a header</source>
            <translation>Amazon 评论 2023，无表头</translation>
        </message>
        <message>
            <source>Amazon reviews 2023</source>
            <translation>Amazon 评论 2023</translation>
        </message>
        <message>
            <source>Steam, reviews</source>
            <translation>Steam，评论</translation>
        </message>
        <message>
            <source>Last.fm HetRec, listens to artists</source>
            <translation>Last.fm HetRec，对艺术家的收听</translation>
        </message>
        <message>
            <source>Last.fm 1K</source>
            <translation>Last.fm 1K</translation>
        </message>
        <message>
            <source>a track that is known by its name alone (--item 5: by its number)</source>
            <translation>仅以名称识别的曲目（--item 5：按编号识别）</translation>
        </message>
        <message>
            <source>LFM-1b: user, artist, album, track, time</source>
            <translation>LFM-1b：用户、艺人、专辑、曲目、时间</translation>
        </message>
        <message>
            <source>YooChoose, clicks</source>
            <translation>YooChoose，点击</translation>
        </message>
        <message>
            <source>YooChoose, purchases</source>
            <translation>YooChoose，购买</translation>
        </message>
        <message>
            <source>Netflix Prize</source>
            <translation>Netflix Prize</translation>
        </message>
        <message>
            <source>Netflix Prize, titles</source>
            <translation>Netflix Prize，标题</translation>
        </message>
        <message>
            <source>MIND, behaviors</source>
            <translation>MIND，行为</translation>
        </message>
        <message>
            <source>MIND, news</source>
            <translation>MIND，新闻</translation>
        </message>
        <message>
            <source>KuaiRec, views</source>
            <translation>KuaiRec，观看</translation>
        </message>
        <message>
            <source>KuaiRec, categories of items</source>
            <translation>KuaiRec，物品的类别</translation>
        </message>
        <message>
            <source>Retailrocket, events</source>
            <translation>Retailrocket，事件</translation>
        </message>
        <message>
            <source>Properties of items, a row for each (Retailrocket)</source>
            <translation>物品属性，每行一个（Retailrocket）</translation>
        </message>
        <message>
            <source>Yelp, reviews</source>
            <translation>Yelp，评论</translation>
        </message>
        <message>
            <source>Goodreads, 0 = not rated</source>
            <translation>Goodreads，0 = 未评分</translation>
        </message>
        <message>
            <source>Book-Crossing, 0 = no rating</source>
            <translation>Book-Crossing，0 = 无评分</translation>
        </message>
        <message>
            <source>RecBole, knowledge graph</source>
            <translation>RecBole，知识图谱</translation>
        </message>
        <message>
            <source>RecBole, atomic file</source>
            <translation>RecBole，原子文件</translation>
        </message>
        <message>
            <source>User and item a line, in the order of time (SASRec)</source>
            <translation>每行一个用户和物品，按时间顺序（SASRec）</translation>
        </message>
        <message>
            <source>Rows that cannot be read</source>
            <translation>无法读取的行</translation>
        </message>
        <message>
            <source>drop</source>
            <translation>舍弃</translation>
        </message>
        <message>
            <source>stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Missing ids (NULL)</source>
            <translation>缺失的标识（NULL）</translation>
        </message>
        <message>
            <source>keep</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>Missing times</source>
            <translation>缺失的时间</translation>
        </message>
        <message>
            <source>previous</source>
            <translation>用上一行的</translation>
        </message>
        <message>
            <source>Missing values</source>
            <translation>缺失的数值</translation>
        </message>
        <message>
            <source>fill</source>
            <translation>填充</translation>
        </message>
        <message>
            <source>Values out of bounds</source>
            <translation>超出界限的数值</translation>
        </message>
        <message>
            <source>clip</source>
            <translation>移到界限</translation>
        </message>
        <message>
            <source>Times before 1980 or after 2100</source>
            <translation>早于 1980 年或晚于 2100 年的时间</translation>
        </message>
        <message>
            <source>Ties in time</source>
            <translation>时间相同的事件</translation>
        </message>
        <message>
            <source>Exact duplicates</source>
            <translation>完全重复</translation>
        </message>
        <message>
            <source>Same user and item again</source>
            <translation>同一用户再次遇到同一物品</translation>
        </message>
        <message>
            <source>first</source>
            <translation>保留最早</translation>
        </message>
        <message>
            <source>last</source>
            <translation>保留最晚</translation>
        </message>
        <message>
            <source>Users with very many events</source>
            <translation>事件极多的用户</translation>
        </message>
        <message>
            <source>User and item look swapped</source>
            <translation>用户与物品像是对调了</translation>
        </message>
        <message>
            <source>missing time</source>
            <translation>缺少时间</translation>
        </message>
        <message>
            <source>missing value</source>
            <translation>缺少数值</translation>
        </message>
        <message>
            <source>missing id</source>
            <translation>缺失标识</translation>
        </message>
        <message>
            <source>time is not written as the others</source>
            <translation>时间的写法与其他行不同</translation>
        </message>
        <message>
            <source>value below the least that was chosen</source>
            <translation>数值低于所选最低值</translation>
        </message>
        <message>
            <source>value above the most that was chosen</source>
            <translation>数值高于所选最高值</translation>
        </message>
        <message>
            <source>a value that says that there is none</source>
            <translation>表示“没有”的数值</translation>
        </message>
        <message>
            <source>an event of a type that was not chosen</source>
            <translation>未选类型的事件</translation>
        </message>
        <message>
            <source>an event of a time that was not chosen</source>
            <translation>不在所选时间段内的事件</translation>
        </message>
        <message>
            <source>the columns of user and item look swapped</source>
            <translation>用户列与物品列像是对调了</translation>
        </message>
        <message>
            <source>time before 1980 or after 2100</source>
            <translation>时间早于 1980 年或晚于 2100 年</translation>
        </message>
        <message>
            <source>row left out</source>
            <translation>该行已略去</translation>
        </message>
        <message>
            <source>row left out, as chosen</source>
            <translation>按所选略去该行</translation>
        </message>
        <message>
            <source>row left out, as the format has it</source>
            <translation>按该格式的约定略去此行</translation>
        </message>
        <message>
            <source>exact duplicate</source>
            <translation>完全重复</translation>
        </message>
        <message>
            <source>seconds</source>
            <translation>秒</translation>
        </message>
        <message>
            <source>seconds since 1970</source>
            <translation>自 1970 年起的秒数</translation>
        </message>
        <message>
            <source>milliseconds</source>
            <translation>毫秒</translation>
        </message>
        <message>
            <source>milliseconds since 1970</source>
            <translation>自 1970 年起的毫秒数</translation>
        </message>
        <message>
            <source>microseconds</source>
            <translation>微秒</translation>
        </message>
        <message>
            <source>microseconds since 1970</source>
            <translation>自 1970 年起的微秒数</translation>
        </message>
        <message>
            <source>nanoseconds</source>
            <translation>纳秒</translation>
        </message>
        <message>
            <source>nanoseconds since 1970</source>
            <translation>自 1970 年起的纳秒数</translation>
        </message>
        <message>
            <source>iso</source>
            <translation>年-月-日</translation>
        </message>
        <message>
            <source>2020-07-05 14:30:00, the time and its zone may be missing</source>
            <translation>2020-07-05 14:30:00，时刻和时区可以没有</translation>
        </message>
        <message>
            <source>day-first</source>
            <translation>日在前</translation>
        </message>
        <message>
            <source>5/7/2020 14:30, day before month</source>
            <translation>5/7/2020 14:30，日在月前</translation>
        </message>
        <message>
            <source>month-first</source>
            <translation>月在前</translation>
        </message>
        <message>
            <source>7/5/2020 2:30:00 PM, month before day</source>
            <translation>7/5/2020 2:30:00 PM，月在日前</translation>
        </message>
        <message>
            <source>digits</source>
            <translation>连写的日期</translation>
        </message>
        <message>
            <source>20200705 or 20200705143000</source>
            <translation>20200705 或 20200705143000</translation>
        </message>
        <message>
            <source>words</source>
            <translation>英文日期</translation>
        </message>
        <message>
            <source>Sun Jul 05 14:30:00 +0000 2020, 5-Jul-2020 14:30, Jul 5, 2020</source>
            <translation>Sun Jul 05 14:30:00 +0000 2020、5-Jul-2020 14:30、Jul 5, 2020</translation>
        </message>
        <message>
            <source>the next item</source>
            <translation>下一个物品</translation>
        </message>
        <message>
            <source>ratings</source>
            <translation>评分</translation>
        </message>
        <message>
            <source>SASRec</source>
            <translation>SASRec</translation>
        </message>
        <message>
            <source>self-attention over the history, scores for the next item</source>
            <translation>对历史做自注意力，为下一个物品打分</translation>
        </message>
        <message>
            <source>The article's model</source>
            <translation>文章中的模型</translation>
        </message>
        <message>
            <source>attention of an item over the rated history, ratings</source>
            <translation>物品对已评分历史的注意力，预测评分</translation>
        </message>
        <message>
            <source>there is no such folder any more</source>
            <translation>该文件夹已不存在</translation>
        </message>
        <message>
            <source>this is neither a file of events nor a workspace, data set or run</source>
            <translation>这既不是事件文件，也不是工作区、数据集或运行</translation>
        </message>
        <message>
            <source>nothing can be saved: %1</source>
            <translation>什么都无法保存：%1</translation>
        </message>
        <message>
            <source>a run is training</source>
            <translation>有运行正在训练</translation>
        </message>
        <message>
            <source>Stop it first</source>
            <translation>请先停止它</translation>
        </message>
        <message>
            <source>something is being opened</source>
            <translation>正在打开别的内容</translation>
        </message>
        <message>
            <source>Wait for it, or cancel it</source>
            <translation>请等待其完成，或将其取消</translation>
        </message>
        <message>
            <source>no workspace is open</source>
            <translation>没有打开的工作区</translation>
        </message>
        <message>
            <source>Open one: it keeps data sets and runs</source>
            <translation>打开一个：数据集和运行都存放在其中</translation>
        </message>
        <message>
            <source>the data set was not opened</source>
            <translation>数据集未打开</translation>
        </message>
        <message>
            <source>the run was not opened</source>
            <translation>运行未打开</translation>
        </message>
        <message>
            <source>no data set is open</source>
            <translation>没有打开的数据集</translation>
        </message>
        <message>
            <source>Open data or the sample</source>
            <translation>打开数据或示例</translation>
        </message>
        <message>
            <source>the run was not made</source>
            <translation>运行未创建</translation>
        </message>
        <message>
            <source>cannot open the log: %1</source>
            <translation>无法打开日志：%1</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message>
            <source>cannot write</source>
            <translation>无法写入</translation>
        </message>
        <message>
            <source>cannot create</source>
            <translation>无法创建</translation>
        </message>
        <message>
            <source>cannot rename to</source>
            <translation>无法改名为</translation>
        </message>
        <message>
            <source>cannot replace</source>
            <translation>无法替换</translation>
        </message>
        <message>
            <source>cannot open</source>
            <translation>无法打开</translation>
        </message>
        <message>
            <source>scratch</source>
            <translation>临时文件</translation>
        </message>
        <message>
            <source>%1 is being written by another process (%2 on %3)</source>
            <translation>%1 正在被另一个进程写入（%3 上的 %2）</translation>
        </message>
        <message>
            <source>%1 is being written by another process</source>
            <translation>%1正由另一个进程写入</translation>
        </message>
        <message>
            <source>cannot open the lock</source>
            <translation>无法打开锁文件</translation>
        </message>
        <message>
            <source>cannot lock</source>
            <translation>无法加锁</translation>
        </message>
        <message>
            <source>Wait until that one ends, or choose another place</source>
            <translation>请等那个进程结束，或另选位置</translation>
        </message>
        <message>
            <source>this is a folder, not a file</source>
            <translation>这是文件夹，不是文件</translation>
        </message>
        <message>
            <source>this is a pipe or a device, not a file</source>
            <translation>这是管道或设备，不是文件</translation>
        </message>
        <message>
            <source>The data set is damaged; import it again</source>
            <translation>数据集已损坏；请重新导入</translation>
        </message>
        <message>
            <source>expected a text</source>
            <translation>应为文本</translation>
        </message>
        <message>
            <source>expected a list of texts</source>
            <translation>应为文本列表</translation>
        </message>
        <message>
            <source>expected an object of texts</source>
            <translation>应为由文本组成的对象</translation>
        </message>
        <message>
            <source>expected true or false</source>
            <translation>应为 true 或 false</translation>
        </message>
        <message>
            <source>expected a whole number from 0</source>
            <translation>应为不小于 0 的整数</translation>
        </message>
        <message>
            <source>expected an object of whole numbers from 0</source>
            <translation>应为由不小于 0 的整数组成的对象</translation>
        </message>
        <message>
            <source>expected an object</source>
            <translation>应为对象</translation>
        </message>
        <message>
            <source>the delimiter or the header of the columns is missing</source>
            <translation>缺少列的分隔符或表头信息</translation>
        </message>
        <message>
            <source>no data set is here</source>
            <translation>这里没有数据集</translation>
        </message>
        <message>
            <source>Choose another folder, or import one</source>
            <translation>请选择其他文件夹，或导入一个</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>event left out</source>
            <translation>该事件已略去</translation>
        </message>
        <message>
            <source>same user and item again</source>
            <translation>同一用户再次遇到同一物品</translation>
        </message>
        <message>
            <source>event left out, as chosen</source>
            <translation>按选择舍弃该事件</translation>
        </message>
        <message>
            <source>user with very many events</source>
            <translation>事件极多的用户</translation>
        </message>
        <message>
            <source>events left out, as chosen</source>
            <translation>按选择舍弃其事件</translation>
        </message>
        <message>
            <source>user or item with too few events</source>
            <translation>用户或物品的事件太少</translation>
        </message>
        <message>
            <source>same user and time as the event before</source>
            <translation>与前一事件的用户和时间相同</translation>
        </message>
        <message>
            <source>kept, in the order of the file</source>
            <translation>保留，按文件中的顺序</translation>
        </message>
        <message>
            <source>it cannot be read: %1</source>
            <translation>无法读取：%1</translation>
        </message>
        <message>
            <source>Is the file damaged, or cut off?</source>
            <translation>文件是否损坏或被截断？</translation>
        </message>
        <message>
            <source>a part of it does not fit into the memory that may be taken</source>
            <translation>其中一部分超出可用的内存</translation>
        </message>
        <message>
            <source>Write it in smaller row groups, or free some memory</source>
            <translation>请用更小的行组写入，或释放一些内存</translation>
        </message>
        <message>
            <source>a cell of more than 64 MiB</source>
            <translation>单元格超过 64 MiB</translation>
        </message>
        <message>
            <source>Leave out its column</source>
            <translation>请略去该列</translation>
        </message>
        <message>
            <source>%1, from row %2 on</source>
            <translation>%1，从第 %2 行起</translation>
        </message>
        <message>
            <source>reading was stopped</source>
            <translation>读取已停止</translation>
        </message>
        <message>
            <source>Unpack it yourself if you trust it</source>
            <translation>如果信任该文件，请自行解压</translation>
        </message>
        <message>
            <source>the table has no rows</source>
            <translation>表中没有行</translation>
        </message>
        <message>
            <source>its first rows hold more than 256 MiB</source>
            <translation>开头几行超过 256 MiB</translation>
        </message>
        <message>
            <source>Give a table with an event a row</source>
            <translation>请提供每行一个事件的表</translation>
        </message>
        <message>
            <source>the metadata '%1' is missing</source>
            <translation>缺少元数据“%1”</translation>
        </message>
        <message>
            <source>the metadata '%1' is not a list</source>
            <translation>元数据“%1”不是列表</translation>
        </message>
        <message>
            <source>%1, metadata '%2', entry %3</source>
            <translation>%1，元数据“%2”，第 %3 项</translation>
        </message>
        <message>
            <source>an attribute is of users or items and has a name and a kind</source>
            <translation>属性必须属于用户或物品，并有名称和种类</translation>
        </message>
        <message>
            <source>a second attribute '%1'</source>
            <translation>属性“%1”重复</translation>
        </message>
        <message>
            <source>%1, tensor '%2'</source>
            <translation>%1，张量“%2”</translation>
        </message>
        <message>
            <source>%1 entries for %2 ids</source>
            <translation>%2 个 ID 却有 %1 项</translation>
        </message>
        <message>
            <source>expected a matrix of float32 numbers</source>
            <translation>应为 float32 矩阵</translation>
        </message>
        <message>
            <source>%1 numbers per id</source>
            <translation>每个 ID 有 %1 个数</translation>
        </message>
        <message>
            <source>a number is infinite</source>
            <translation>有一个数是无穷大</translation>
        </message>
        <message>
            <source>%1, entry %2</source>
            <translation>%1，第 %2 项</translation>
        </message>
        <message>
            <source>%1, tensor '%2', entry %3</source>
            <translation>%1，张量“%2”，第 %3 项</translation>
        </message>
        <message>
            <source>the time %1 is more than 292,000 years from 1970</source>
            <translation>时间 %1 距 1970 年超过 292,000 年</translation>
        </message>
        <message>
            <source>%1 offsets for %2 users</source>
            <translation>%2 个用户却有 %1 个偏移量</translation>
        </message>
        <message>
            <source>the first offset is %1, not 0</source>
            <translation>第一个偏移量是 %1，而不是 0</translation>
        </message>
        <message>
            <source>the offset %1 comes after %2</source>
            <translation>偏移量 %1 排在 %2 之后</translation>
        </message>
        <message>
            <source>the last offset is %1, but there are %2 events</source>
            <translation>最后一个偏移量是 %1，但共有 %2 个事件</translation>
        </message>
        <message>
            <source>a text ends at %1</source>
            <translation>有文本在 %1 处结束</translation>
        </message>
        <message>
            <source>a text ends at %1, before it begins at %2</source>
            <translation>有文本在 %1 处结束，早于其开始处 %2</translation>
        </message>
        <message>
            <source>the texts end at %1, but there are %2 bytes</source>
            <translation>文本在 %1 处结束，但共有 %2 字节</translation>
        </message>
        <message>
            <source>this text is not UTF-8</source>
            <translation>此文本不是 UTF-8</translation>
        </message>
        <message>
            <source>a zero byte in an id</source>
            <translation>编号中有零字节</translation>
        </message>
        <message>
            <source>entry %2 has the same id, '%1'</source>
            <translation>第 %2 项有相同的 ID“%1”</translation>
        </message>
        <message>
            <source>item number %1, but there are %2 items</source>
            <translation>物品编号为 %1，但共有 %2 个物品</translation>
        </message>
        <message>
            <source>a time of user %1 is before the one that precedes it</source>
            <translation>用户 %1 有一个时间早于它前面的时间</translation>
        </message>
        <message>
            <source>%1 users are too many</source>
            <translation>%1 个用户过多</translation>
        </message>
        <message>
            <source>%1 entries: the padding and up to %2 items are allowed</source>
            <translation>有 %1 项：只允许填充项和至多 %2 个物品</translation>
        </message>
        <message>
            <source>%1 entries for %2 items</source>
            <translation>%2 个物品却有 %1 项</translation>
        </message>
        <message>
            <source>%1 entries for %2 events</source>
            <translation>%2 个事件却有 %1 项</translation>
        </message>
        <message>
            <source>a value is not a finite number</source>
            <translation>有一个值不是有限数</translation>
        </message>
        <message>
            <source>a weight is negative or not a finite number</source>
            <translation>有一个权重为负或不是有限数</translation>
        </message>
        <message>
            <source>the first entry is '%1', not '[PAD]'</source>
            <translation>第一项是“%1”，而不是“[PAD]”</translation>
        </message>
        <message>
            <source>the data set was not saved</source>
            <translation>数据集未保存</translation>
        </message>
        <message>
            <source>the metadata '%1' cannot be '%2'</source>
            <translation>元数据“%1”不能是“%2”</translation>
        </message>
        <message>
            <source>'%1' is %2, but the files hold %3</source>
            <translation>“%1”为 %2，但文件中有 %3</translation>
        </message>
        <message>
            <source>the events have weights, but schema %1 has none</source>
            <translation>事件带有权重，但格式版本 %1 没有权重</translation>
        </message>
        <message>
            <source>the files do not match the fingerprint in dataset.json</source>
            <translation>文件与 dataset.json 中的指纹不符</translation>
        </message>
        <message>
            <source>Some file was changed; import the data again</source>
            <translation>有文件被改动过；请重新导入数据</translation>
        </message>
        <message>
            <source>no user '%1' in the data set</source>
            <translation>数据集中没有用户“%1”</translation>
        </message>
        <message>
            <source>users.csv in the data set lists them; one is '%1'</source>
            <translation>数据集中的 users.csv 列出了所有用户；其中之一是“%1”</translation>
        </message>
        <message>
            <source>no item '%1' in the data set</source>
            <translation>数据集中没有物品“%1”</translation>
        </message>
        <message>
            <source>items.csv in the data set lists them</source>
            <translation>数据集中的 items.csv 列出了所有物品</translation>
        </message>
        <message>
            <source>a row has %1 fields instead of %2</source>
            <translation>有一行含 %1 个字段，而应为 %2 个</translation>
        </message>
        <message>
            <source>the header is missing</source>
            <translation>缺少表头</translation>
        </message>
        <message>
            <source>row %1 has the index '%2'</source>
            <translation>第 %1 行的索引是“%2”</translation>
        </message>
        <message>
            <source>this is not text: it holds zero bytes</source>
            <translation>这不是文本文件：其中含有零字节</translation>
        </message>
        <message>
            <source>Give a text file with one event a line</source>
            <translation>请提供每行一个事件的文本文件</translation>
        </message>
        <message>
            <source>the file holds no rows</source>
            <translation>文件中没有任何行</translation>
        </message>
        <message>
            <source>the lines end with a carriage return alone, as on an old Macintosh</source>
            <translation>各行仅以回车符结尾（旧 Macintosh 的格式）</translation>
        </message>
        <message>
            <source>Save it with line feeds (LF or CRLF)</source>
            <translation>请用换行符（LF 或 CRLF）另存</translation>
        </message>
        <message>
            <source>no file</source>
            <translation>没有文件</translation>
        </message>
        <message>
            <source>filled with that of the row before</source>
            <translation>用上一行的填充</translation>
        </message>
        <message>
            <source>value is not a number</source>
            <translation>数值不是数字</translation>
        </message>
        <message>
            <source>filled with the chosen value</source>
            <translation>用所选数值填充</translation>
        </message>
        <message>
            <source>the file has no times to choose a part of</source>
            <translation>文件没有时间，无法选取时间段</translation>
        </message>
        <message>
            <source>Name the column of the time, or choose no part</source>
            <translation>请指定时间列，或不选取时间段</translation>
        </message>
        <message>
            <source>the file has no types to choose by</source>
            <translation>文件没有事件类型，无法据此选取</translation>
        </message>
        <message>
            <source>Name the column of the type, or choose all types</source>
            <translation>请指定类型列，或选取所有类型</translation>
        </message>
        <message>
            <source>the file has no values to choose by</source>
            <translation>文件没有值，无法据此选取</translation>
        </message>
        <message>
            <source>Name the column of the value, or choose all values</source>
            <translation>请指定值列，或选取所有值</translation>
        </message>
        <message>
            <source>a bound of values is a number</source>
            <translation>数值的界限须是数字</translation>
        </message>
        <message>
            <source>--min-value, --max-value</source>
            <translation>--min-value、--max-value</translation>
        </message>
        <message>
            <source>missing values are to be filled, and nothing says with what</source>
            <translation>缺失的数值需要填充，但未说明填什么</translation>
        </message>
        <message>
            <source>missing_value=fill</source>
            <translation>missing_value=fill</translation>
        </message>
        <message>
            <source>Give the value (--fill-value)</source>
            <translation>请给出填充值（--fill-value）</translation>
        </message>
        <message>
            <source>a value to fill in is a number</source>
            <translation>填充值应为数字</translation>
        </message>
        <message>
            <source>--fill-value</source>
            <translation>--fill-value</translation>
        </message>
        <message>
            <source>no time is both from %1 on and before %2</source>
            <translation>没有时间既不早于 %1 又早于 %2</translation>
        </message>
        <message>
            <source>no value is both at least %1 and at most %2</source>
            <translation>没有值既不小于 %1 又不大于 %2</translation>
        </message>
        <message>
            <source>the file has no types to weigh events by</source>
            <translation>文件没有事件类型，无法据此加权</translation>
        </message>
        <message>
            <source>Name the column of the type, or weigh them otherwise</source>
            <translation>请指定类型列，或换一种加权方式</translation>
        </message>
        <message>
            <source>the file has no values to weigh events by</source>
            <translation>文件没有值，无法据此加权</translation>
        </message>
        <message>
            <source>Name the column of the value, or weigh them otherwise</source>
            <translation>请指定值列，或换一种加权方式</translation>
        </message>
        <message>
            <source>a quote that encloses no whole field</source>
            <translation>引号未包住整个字段</translation>
        </message>
        <message>
            <source>kept, read as it stands</source>
            <translation>保留，按原样读取</translation>
        </message>
        <message>
            <source>too few fields</source>
            <translation>字段太少</translation>
        </message>
        <message>
            <source>too many fields</source>
            <translation>字段太多</translation>
        </message>
        <message>
            <source>kept, the surplus ignored</source>
            <translation>保留，忽略多余字段</translation>
        </message>
        <message>
            <source>a time in another unit than the others</source>
            <translation>单位与其他不同的时间</translation>
        </message>
        <message>
            <source>kept, out of their order</source>
            <translation>保留，次序不对</translation>
        </message>
        <message>
            <source>a value below 0 as a weight</source>
            <translation>以小于 0 的值作权重</translation>
        </message>
        <message>
            <source>kept with weight 0</source>
            <translation>保留，权重为 0</translation>
        </message>
        <message>
            <source>value moved to the bound</source>
            <translation>数值移到界限</translation>
        </message>
        <message>
            <source>empty id</source>
            <translation>编号为空</translation>
        </message>
        <message>
            <source>no time format '%1'</source>
            <translation>没有名为“%1”的时间格式</translation>
        </message>
        <message>
            <source>the events of the data set have weights, these would have none</source>
            <translation>数据集的事件有权重，这些事件却没有</translation>
        </message>
        <message>
            <source>the events of the data set have no weights, these would have some</source>
            <translation>数据集的事件没有权重，这些事件却有</translation>
        </message>
        <message>
            <source>Weigh them as for the data set</source>
            <translation>请采用与数据集相同的加权方式</translation>
        </message>
        <message>
            <source>the data set has times, this file has none</source>
            <translation>数据集有时间，此文件没有</translation>
        </message>
        <message>
            <source>the data set has no times, this file has some</source>
            <translation>数据集没有时间，此文件有</translation>
        </message>
        <message>
            <source>Choose the column of the time as for the data set</source>
            <translation>请像数据集那样选择时间列</translation>
        </message>
        <message>
            <source>the data set has values, this file has none</source>
            <translation>数据集有数值，此文件没有</translation>
        </message>
        <message>
            <source>the data set has no values, this file has some</source>
            <translation>数据集没有数值，此文件有</translation>
        </message>
        <message>
            <source>Choose the column of the value as for the data set</source>
            <translation>请像数据集那样选择数值列</translation>
        </message>
        <message>
            <source>its first bytes are those of %1</source>
            <translation>开头的字节属于 %1</translation>
        </message>
        <message>
            <source>its columns are those of %1</source>
            <translation>其列与 %1 一致</translation>
        </message>
        <message>
            <source>%1 fields in most of its first rows</source>
            <translation>开头各行大多有 %1 个字段</translation>
        </message>
        <message>
            <source>this is one JSON array</source>
            <translation>这是一个 JSON 数组</translation>
        </message>
        <message>
            <source>Write one object a line, as: jq -c '.[]' FILE &gt; FILE.jsonl</source>
            <translation>请每行写一个对象，例如：jq -c '.[]' FILE &gt; FILE.jsonl</translation>
        </message>
        <message>
            <source>no format '%1'</source>
            <translation>没有名为“%1”的格式</translation>
        </message>
        <message>
            <source>this is JSON, and not one object a line</source>
            <translation>这是 JSON，但不是每行一个对象</translation>
        </message>
        <message>
            <source>Write one object a line, as: jq -c . FILE &gt; FILE.jsonl</source>
            <translation>请写成每行一个对象，例如：jq -c . FILE &gt; FILE.jsonl</translation>
        </message>
        <message>
            <source>%1, line %2, column %3</source>
            <translation>%1，第 %2 行第 %3 列</translation>
        </message>
        <message>
            <source>%1, row %2, column %3</source>
            <translation>%1，第 %2 行，第 %3 列</translation>
        </message>
        <message>
            <source>%1, line %2</source>
            <translation>%1，第 %2 行</translation>
        </message>
        <message>
            <source>%1, row %2</source>
            <translation>%1，第 %2 行</translation>
        </message>
        <message>
            <source>no event is left</source>
            <translation>没有剩下任何事件</translation>
        </message>
        <message>
            <source>Choose a file with one event a line</source>
            <translation>请选择每行一个事件的文件</translation>
        </message>
        <message>
            <source>no event can be used: %1%2, %3 time(s)</source>
            <translation>没有可用的事件：%1%2，共 %3 次</translation>
        </message>
        <message>
            <source>%1, %2 time(s), and the recipe says to stop at that</source>
            <translation>%1，%2 次；按所选，遇此停止</translation>
        </message>
        <message>
            <source>Mend the file, or choose what else is to be done (--on)</source>
            <translation>请修正文件，或选择其他处理方式（--on）</translation>
        </message>
        <message>
            <source>read as chosen</source>
            <translation>按选择读取</translation>
        </message>
        <message>
            <source>%1 events share their user and time with the one before, and the recipe says to stop at that</source>
            <translation>%1 个事件与前一事件的用户和时间相同；按所选，遇此停止</translation>
        </message>
        <message>
            <source>Give finer times, or choose what else is to be done (--on)</source>
            <translation>请提供更细的时间，或另选处理方式（--on）</translation>
        </message>
        <message>
            <source>users with very many events: %1, and the recipe says to stop at that</source>
            <translation>事件极多的用户：%1 个，而配方要求遇此停止</translation>
        </message>
        <message>
            <source>Choose what else is to be done (--on)</source>
            <translation>请选择其他处理方式（--on）</translation>
        </message>
        <message>
            <source>the users' ids look like those of articles, and the recipe says to stop at that</source>
            <translation>用户的标识像是商品的；按所选，遇此停止</translation>
        </message>
        <message>
            <source>Choose the columns the other way round, or what else is to be done (--on)</source>
            <translation>请对调所选的列，或另选处理方式（--on）</translation>
        </message>
        <message>
            <source>items are told of in a file of items or in the events, not in both</source>
            <translation>物品信息应在物品文件或事件中，不能两处都有</translation>
        </message>
        <message>
            <source>Leave out one of them</source>
            <translation>请去掉其中之一</translation>
        </message>
        <message>
            <source>vectors of items need the items file whose rows they are</source>
            <translation>物品向量需要与其行对应的物品文件</translation>
        </message>
        <message>
            <source>Add --items FILE</source>
            <translation>请加上 --items FILE</translation>
        </message>
        <message>
            <source>first numbers are over 12</source>
            <translation>第一个数大于 12</translation>
        </message>
        <message>
            <source>second numbers are over 12</source>
            <translation>第二个数大于 12</translation>
        </message>
        <message>
            <source>a time in another notation than the others</source>
            <translation>时间的写法与其他行不同</translation>
        </message>
        <message>
            <source>bytes that mean nothing in the encoding</source>
            <translation>在该编码中没有意义的字节</translation>
        </message>
        <message>
            <source>replaced by a mark</source>
            <translation>已用替换符代替</translation>
        </message>
        <message>
            <source>a file of the archive that is not read</source>
            <translation>归档中未读取的文件</translation>
        </message>
        <message>
            <source>another is</source>
            <translation>读了另一个</translation>
        </message>
        <message>
            <source>kept</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>day and month can be told apart in no row</source>
            <translation>没有一行能分清日与月</translation>
        </message>
        <message>
            <source>a type that was named and no row has</source>
            <translation>指定了、但没有任何行具有的类型</translation>
        </message>
        <message>
            <source>of no effect</source>
            <translation>不起作用</translation>
        </message>
        <message>
            <source>times of day that no date is found for</source>
            <translation>找不到对应日期的时刻</translation>
        </message>
        <message>
            <source>not used</source>
            <translation>未使用</translation>
        </message>
        <message>
            <source>no event is left after the filter</source>
            <translation>过滤后没有剩下任何事件</translation>
        </message>
        <message>
            <source>Lower the events that a user or an item must have (--min-user-events, --min-item-events)</source>
            <translation>降低用户或物品至少要有的事件数（--min-user-events、--min-item-events）</translation>
        </message>
        <message>
            <source>the import was stopped</source>
            <translation>导入已停止</translation>
        </message>
        <message>
            <source>a property that is a number without a meaning</source>
            <translation>以无含义数字命名的属性</translation>
        </message>
        <message>
            <source>not taken</source>
            <translation>未采用</translation>
        </message>
        <message>
            <source>a property beyond the first 64</source>
            <translation>前 64 个之外的属性</translation>
        </message>
        <message>
            <source>not UTF-8</source>
            <translation>不是 UTF-8</translation>
        </message>
        <message>
            <source>read as Windows-1252</source>
            <translation>按 Windows-1252 读取</translation>
        </message>
        <message>
            <source>Take fewer events (by type, value or time) or fewer columns, or free some memory</source>
            <translation>请选取更少的事件（按类型、值或时间）或更少的列，或释放一些内存</translation>
        </message>
        <message>
            <source>expected a list of at most %1 problems</source>
            <translation>应为至多 %1 个问题的列表</translation>
        </message>
        <message>
            <source>a problem has a kind, an effect and an example, all texts</source>
            <translation>问题须有 kind、effect 和 example，且均为文本</translation>
        </message>
        <message>
            <source>a problem has a count, a first_line and a first_column, all whole numbers from 0</source>
            <translation>问题须有 count、first_line 和 first_column，且均为不小于 0 的整数</translation>
        </message>
        <message>
            <source>There are %1</source>
            <translation>可用的有 %1</translation>
        </message>
        <message>
            <source>Is it %1?</source>
            <translation>是否为 %1？</translation>
        </message>
        <message>
            <source>a whole number from 1 on is wanted</source>
            <translation>需要不小于 1 的整数</translation>
        </message>
        <message>
            <source>a whole number from 1 to 2,147,483,647 is wanted</source>
            <translation>应为 1 至 2,147,483,647 的整数</translation>
        </message>
        <message>
            <source>a dialect has no '%1'</source>
            <translation>方言没有“%1”这一项</translation>
        </message>
        <message>
            <source>one character escapes a quote</source>
            <translation>转义引号的只能是一个字符</translation>
        </message>
        <message>
            <source>this cannot delimit columns</source>
            <translation>这不能分隔列</translation>
        </message>
        <message>
            <source>Give one or more characters</source>
            <translation>请给出一个或多个字符</translation>
        </message>
        <message>
            <source>no encoding '%1'</source>
            <translation>没有编码“%1”</translation>
        </message>
        <message>
            <source>names of roles with their columns are wanted</source>
            <translation>应为角色名及其列</translation>
        </message>
        <message>
            <source>no role '%1'</source>
            <translation>没有角色“%1”</translation>
        </message>
        <message>
            <source>kinds of problems with what is done about them are wanted</source>
            <translation>应为问题种类及其处理方式</translation>
        </message>
        <message>
            <source>'%1' cannot be %2</source>
            <translation>“%1”不能是 %2</translation>
        </message>
        <message>
            <source>It can be %1</source>
            <translation>可以是 %1</translation>
        </message>
        <message>
            <source>no kind of problem '%1'</source>
            <translation>没有“%1”这类问题</translation>
        </message>
        <message>
            <source>a recipe is a JSON object</source>
            <translation>配方应是一个 JSON 对象</translation>
        </message>
        <message>
            <source>a recipe says its schema</source>
            <translation>配方应写明其版本（schema）</translation>
        </message>
        <message>
            <source>Add the key schema with the number 1</source>
            <translation>请加上键 schema，值为 1</translation>
        </message>
        <message>
            <source>a recipe has no '%1'</source>
            <translation>配方中没有“%1”</translation>
        </message>
        <message>
            <source>%1, '%2'</source>
            <translation>%1，“%2”</translation>
        </message>
        <message>
            <source>the value has the wrong type</source>
            <translation>值的类型不对</translation>
        </message>
        <message>
            <source>A text is in quotes, true, false and numbers are not; several texts are in brackets</source>
            <translation>文本加引号，true、false 和数字不加；多个文本放在方括号中</translation>
        </message>
        <message>
            <source>format</source>
            <translation>format</translation>
        </message>
        <message>
            <source>time_format</source>
            <translation>time_format</translation>
        </message>
        <message>
            <source>the users' ids look like those of articles: are the columns of user and item swapped?</source>
            <translation>用户的标识像是商品的：用户列与物品列是否对调了？</translation>
        </message>
        <message>
            <source>Choose the columns the other way round</source>
            <translation>请对调这两列</translation>
        </message>
        <message>
            <source>every user and every item occurs once, without a time or a value: is this a table of items or users?</source>
            <translation>每个用户和每个物品都只出现一次，且没有时间和数值：这是物品表或用户表吗？</translation>
        </message>
        <message>
            <source>Give such a file beside one of events, as that of the items or users</source>
            <translation>请将此类文件作为物品或用户文件，与事件文件一起给出</translation>
        </message>
        <message>
            <source>ids that a spreadsheet has shortened, as 4.00639E+12: %1. Different ones may have become one</source>
            <translation>被电子表格缩短的编号（如 4.00639E+12）：%1。不同的编号可能已变成同一个</translation>
        </message>
        <message>
            <source>Give the file as it was before the spreadsheet saved it</source>
            <translation>请给出电子表格保存之前的文件</translation>
        </message>
        <message>
            <source>times before 1980 or after 2100: %1</source>
            <translation>早于 1980 年或晚于 2100 年的时间：%1</translation>
        </message>
        <message>
            <source>Choose another notation of the time</source>
            <translation>请选择其他时间写法</translation>
        </message>
        <message>
            <source>users with over ten times the events of the 99th percentile (%1): %2, with %3 events in all, the most by '%4'</source>
            <translation>事件数超过第 99 百分位（%1）十倍的用户：%2 个，共 %3 个事件，最多的是“%4”</translation>
        </message>
        <message>
            <source>Leave them out if they are no people</source>
            <translation>若不是真人，请将其排除</translation>
        </message>
        <message>
            <source>values off the scale of the others, %1 to %2: %3</source>
            <translation>不在其余数值的范围 %1 至 %2 内的数值：%3</translation>
        </message>
        <message>
            <source>Give the lowest and the highest value</source>
            <translation>请给出最低与最高数值</translation>
        </message>
        <message>
            <source>no event weighs anything: nothing is learned</source>
            <translation>所有事件的权重都是 0：什么也学不到</translation>
        </message>
        <message>
            <source>Weigh events otherwise</source>
            <translation>请换一种加权方式</translation>
        </message>
        <message>
            <source>%1 % of the events share their user and time with the one before (users with such events: %2): their order is that of the file</source>
            <translation>%1 % 的事件与前一事件的用户和时间相同（涉及用户：%2）：其先后取自文件</translation>
        </message>
        <message>
            <source>What is learned from their order is learned from the file</source>
            <translation>从其先后学到的，是从文件的顺序学到的</translation>
        </message>
        <message>
            <source>users with fewer than 3 events: %1. They are not validated or tested on</source>
            <translation>事件少于 3 个的用户：%1。不参与验证和测试</translation>
        </message>
        <message>
            <source>metrics are averages over the test events of few users: %1</source>
            <translation>指标只是很少用户的测试事件的平均值，用户数：%1</translation>
        </message>
        <message>
            <source>Import more users before you compare models</source>
            <translation>比较模型之前请导入更多用户</translation>
        </message>
        <message>
            <source>few items: %1. A list of %2 shows them all, so every model scores high</source>
            <translation>物品很少：%1。长度为 %2 的列表会列出全部物品，所以任何模型得分都很高</translation>
        </message>
        <message>
            <source>%1 % of the items appear once</source>
            <translation>%1 % 的物品只出现一次</translation>
        </message>
        <message>
            <source>Ask for more events an item, or such items are guessed</source>
            <translation>请要求每个物品有更多事件，否则这类物品只能靠猜</translation>
        </message>
        <message>
            <source>column '%1' cannot hold both the %2 and the %3</source>
            <translation>列“%1”不能既是%2又是%3</translation>
        </message>
        <message>
            <source>there is no column '%1'</source>
            <translation>没有列“%1”</translation>
        </message>
        <message>
            <source>The file has columns 1 to %1</source>
            <translation>文件有第 1 到第 %1 列</translation>
        </message>
        <message>
            <source>The file has the columns %1</source>
            <translation>文件有这些列：%1</translation>
        </message>
        <message>
            <source>it has one column</source>
            <translation>只有一列</translation>
        </message>
        <message>
            <source>Say what stands between two columns (--delimiter), or choose another format</source>
            <translation>请指明列间的分隔符（--delimiter），或另选格式</translation>
        </message>
        <message>
            <source>no column holds the %1</source>
            <translation>没有任何列是%1</translation>
        </message>
        <message>
            <source>The file has %1 unnamed column(s); choose which of them is the %2</source>
            <translation>文件有 %1 个未命名的列；请选择哪一列是%2</translation>
        </message>
        <message>
            <source>The file has the columns %1; say which of them is the %2</source>
            <translation>文件有这些列：%1；请指明哪一列是%2</translation>
        </message>
        <message>
            <source>you chose it</source>
            <translation>由您选择</translation>
        </message>
        <message>
            <source>the format is known</source>
            <translation>格式已知</translation>
        </message>
        <message>
            <source>its name says so</source>
            <translation>由列名得知</translation>
        </message>
        <message>
            <source>it holds times between 1980 and 2100</source>
            <translation>其中是 1980 至 2100 年间的时间</translation>
        </message>
        <message>
            <source>it holds small numbers</source>
            <translation>其中是小的数值</translation>
        </message>
        <message>
            <source>by its place: users come first</source>
            <translation>按位置：用户在前</translation>
        </message>
        <message>
            <source>this seems to be a file of items, not of users</source>
            <translation>这像是物品文件，而不是用户文件</translation>
        </message>
        <message>
            <source>Name the column of the users user_id</source>
            <translation>请把用户列命名为 user_id</translation>
        </message>
        <message>
            <source>no column holds the ids of the items</source>
            <translation>没有一列是物品标识</translation>
        </message>
        <message>
            <source>Name it, as item=COLUMN</source>
            <translation>请指明，如 item=列名</translation>
        </message>
        <message>
            <source>the sample needs a multiple of 10 between 100 and 26000 as its number of items</source>
            <translation>示例的物品数须是 100 到 26000 之间 10 的倍数</translation>
        </message>
        <message>
            <source>--items %1</source>
            <translation>--items %1</translation>
        </message>
        <message>
            <source>the sample needs between 1 and 10,000,000 users</source>
            <translation>示例的用户数须在 1 到 10，000，000 之间</translation>
        </message>
        <message>
            <source>--users %1</source>
            <translation>--users %1</translation>
        </message>
        <message>
            <source>the sample was not made</source>
            <translation>示例未生成</translation>
        </message>
        <message>
            <source>this row is not user,position,cause</source>
            <translation>此行不是 user，position，cause</translation>
        </message>
        <message>
            <source>no 'item:' before it</source>
            <translation>前面没有“物品:”</translation>
        </message>
        <message>
            <source>shown, without a word on whether it was clicked</source>
            <translation>展示过，但未说明是否点击</translation>
        </message>
        <message>
            <source>no event</source>
            <translation>不算事件</translation>
        </message>
        <message>
            <source>shown and not clicked</source>
            <translation>展示但未点击</translation>
        </message>
        <message>
            <source>a number that is too large, or none</source>
            <translation>数字过大，或不是数字</translation>
        </message>
        <message>
            <source>no JSON object</source>
            <translation>不是 JSON 对象</translation>
        </message>
        <message>
            <source>no Python dictionary</source>
            <translation>不是 Python 字典</translation>
        </message>
        <message>
            <source>no line holds a record</source>
            <translation>没有一行是记录</translation>
        </message>
        <message>
            <source>Choose another format</source>
            <translation>请另选一种格式</translation>
        </message>
        <message>
            <source>a key that the first lines do not have</source>
            <translation>前面各行没有的键</translation>
        </message>
        <message>
            <source>kept, the key ignored</source>
            <translation>保留该行，忽略该键</translation>
        </message>
        <message>
            <source>no 'user:' at its start</source>
            <translation>行首没有“user:”</translation>
        </message>
        <message>
            <source>a zero byte</source>
            <translation>含零字节</translation>
        </message>
        <message>
            <source>a user without items</source>
            <translation>用户没有物品</translation>
        </message>
        <message>
            <source>attribute is not a number</source>
            <translation>属性不是数字</translation>
        </message>
        <message>
            <source>taken as not told</source>
            <translation>视为未给出</translation>
        </message>
        <message>
            <source>attribute has zeros before it, as codes have</source>
            <translation>属性前面有零，像代码一样</translation>
        </message>
        <message>
            <source>taken as a number</source>
            <translation>按数字处理</translation>
        </message>
        <message>
            <source>vector is not as long as the others</source>
            <translation>向量长度与其他的不同</translation>
        </message>
        <message>
            <source>kept, the rest is not told</source>
            <translation>保留，其余视为未告知</translation>
        </message>
        <message>
            <source>item given twice</source>
            <translation>物品重复给出</translation>
        </message>
        <message>
            <source>user given twice</source>
            <translation>用户出现两次</translation>
        </message>
        <message>
            <source>the first row counts</source>
            <translation>以第一行为准</translation>
        </message>
        <message>
            <source>item not in the items file</source>
            <translation>物品不在物品文件中</translation>
        </message>
        <message>
            <source>user not in the users file</source>
            <translation>用户不在用户文件中</translation>
        </message>
        <message>
            <source>kept, its id is its title</source>
            <translation>保留，以编号为标题</translation>
        </message>
        <message>
            <source>kept, without attributes</source>
            <translation>保留，没有属性</translation>
        </message>
        <message>
            <source>item of the items file without an event</source>
            <translation>物品文件中的物品没有事件</translation>
        </message>
        <message>
            <source>user of the users file without an event</source>
            <translation>用户文件中的用户没有事件</translation>
        </message>
        <message>
            <source>not needed</source>
            <translation>不需要</translation>
        </message>
        <message>
            <source>no id of the items file is one of the events'</source>
            <translation>物品文件中的标识都不在事件中</translation>
        </message>
        <message>
            <source>no id of the users file is one of the events'</source>
            <translation>用户文件中的标识都不在事件中</translation>
        </message>
        <message>
            <source>nothing is told of any</source>
            <translation>无任何信息可用</translation>
        </message>
        <message>
            <source>two matrices have a row for each item: '%1' and '%2'</source>
            <translation>有两个矩阵与物品逐行对应：“%1”与“%2”</translation>
        </message>
        <message>
            <source>Keep one of them in the file</source>
            <translation>文件中请只留一个</translation>
        </message>
        <message>
            <source>the items file has a row for each property: it cannot say whose the vectors are</source>
            <translation>物品文件每行是一个属性，无法说明向量属于哪个物品</translation>
        </message>
        <message>
            <source>Give a file of items with a row for each</source>
            <translation>请给出每个物品一行的文件</translation>
        </message>
        <message>
            <source>%1 vectors, but the items file has %2 rows</source>
            <translation>有 %1 个向量，而物品文件有 %2 行</translation>
        </message>
        <message>
            <source>Give a row for each row of the items file</source>
            <translation>请为物品文件的每一行给出一行</translation>
        </message>
        <message>
            <source>row %1 of the vectors has an infinite number</source>
            <translation>向量的第 %1 行有一个无穷大的数</translation>
        </message>
        <message>
            <source>Replace it, or write NaN in the first place of a row that is not known</source>
            <translation>请替换它；未知的行，请在首位写入 NaN</translation>
        </message>
        <message>
            <source>this is an archive (of arrays?), no matrix</source>
            <translation>这是归档文件（多个数组？），不是矩阵</translation>
        </message>
        <message>
            <source>Write the matrix with numpy.save, or as .safetensors</source>
            <translation>请用 numpy.save 或以 .safetensors 保存矩阵</translation>
        </message>
        <message>
            <source>this is neither a .npy nor a .safetensors file</source>
            <translation>这既不是 .npy 也不是 .safetensors 文件</translation>
        </message>
        <message>
            <source>Write the matrix with numpy.save; vectors in a table belong into the items file</source>
            <translation>请用 numpy.save 保存矩阵；表格中的向量应放在物品文件里</translation>
        </message>
        <message>
            <source>no matrix of floating-point numbers is in it</source>
            <translation>其中没有浮点矩阵</translation>
        </message>
        <message>
            <source>the header is yes or no, not '%1'</source>
            <translation>header 只能是 yes 或 no，不能是“%1”</translation>
        </message>
        <message>
            <source>a file of items or users is not read by '%1'</source>
            <translation>物品或用户文件没有“%1”这一读法</translation>
        </message>
        <message>
            <source>this build cannot read Parquet and Feather files</source>
            <translation>此版本不能读取 Parquet 和 Feather 文件</translation>
        </message>
        <message>
            <source>Take a build with Apache Arrow, or write the table as CSV</source>
            <translation>请使用带 Apache Arrow 的版本，或把表写成 CSV</translation>
        </message>
        <message>
            <source>the table or query does not come to its end: it works for longer than its %1 rows and the size of the file explain</source>
            <translation>该表或查询没有尽头：它运行的时间超出其 %1 行结果和文件大小所能解释的范围</translation>
        </message>
        <message>
            <source>Write its result into a table of its own, and choose that</source>
            <translation>请将其结果写入单独的表，然后选择该表</translation>
        </message>
        <message>
            <source>Choose a table or a query without that column</source>
            <translation>请选择不含该列的表或查询</translation>
        </message>
        <message>
            <source>the table or query needs more than 512 MiB of memory</source>
            <translation>该表或查询需要超过 512 MiB 的内存</translation>
        </message>
        <message>
            <source>the database says: %1</source>
            <translation>数据库报告：%1</translation>
        </message>
        <message>
            <source>Choose another table, or check the file with the program that wrote it</source>
            <translation>请选择另一张表，或用写出该文件的程序检查它</translation>
        </message>
        <message>
            <source>the query is not one that gives a table</source>
            <translation>该查询不返回一张表</translation>
        </message>
        <message>
            <source>Write one SELECT statement</source>
            <translation>请写一条 SELECT 语句</translation>
        </message>
        <message>
            <source>this database has no table</source>
            <translation>此数据库没有表</translation>
        </message>
        <message>
            <source>no table '%1'</source>
            <translation>没有表“%1”</translation>
        </message>
        <message>
            <source>It has %1</source>
            <translation>其中有 %1</translation>
        </message>
        <message>
            <source>a row of more than 64 MiB</source>
            <translation>一行超过 64 MiB</translation>
        </message>
        <message>
            <source>Choose a table or a query with fewer columns</source>
            <translation>请选择列数更少的表或查询</translation>
        </message>
        <message>
            <source>the table '%1' has no rows</source>
            <translation>表“%1”没有行</translation>
        </message>
        <message>
            <source>Save its sheet as CSV in UTF-8, and give that</source>
            <translation>请将工作表另存为 UTF-8 的 CSV 再提供</translation>
        </message>
        <message>
            <source>Write the table as Parquet or CSV</source>
            <translation>请将表格存为 Parquet 或 CSV</translation>
        </message>
        <message>
            <source>this is a dump of a database in SQL</source>
            <translation>这是一个 SQL 格式的数据库转储</translation>
        </message>
        <message>
            <source>Load it into SQLite and give that, or export the table as CSV</source>
            <translation>请将其载入 SQLite 后再打开，或把表导出为 CSV</translation>
        </message>
        <message>
            <source>this is a PDF document</source>
            <translation>这是 PDF 文档</translation>
        </message>
        <message>
            <source>Give the table itself, as CSV</source>
            <translation>请提供表格本身（CSV）</translation>
        </message>
        <message>
            <source>this is an old workbook of Excel</source>
            <translation>这是旧版 Excel 工作簿</translation>
        </message>
        <message>
            <source>this is an HDF5 file</source>
            <translation>这是 HDF5 文件</translation>
        </message>
        <message>
            <source>this is a pickle of Python</source>
            <translation>这是 Python 的 pickle 文件</translation>
        </message>
        <message>
            <source>this is a workbook of Excel</source>
            <translation>这是 Excel 工作簿</translation>
        </message>
        <message>
            <source>this is a document of LibreOffice</source>
            <translation>这是 LibreOffice 文档</translation>
        </message>
        <message>
            <source>its first line is longer than 256 KiB</source>
            <translation>首行超过 256 KiB</translation>
        </message>
        <message>
            <source>Give a table with one event a line, and no more columns than it needs</source>
            <translation>请给出每行一个事件、且列数不超过所需的表格</translation>
        </message>
        <message>
            <source>its columns are not those of %1</source>
            <translation>它的列与 %1 的列不同</translation>
        </message>
        <message>
            <source>Give the files of one table, its columns in one order, or import them one by one</source>
            <translation>请给出同一张表、列顺序相同的文件，或逐个导入</translation>
        </message>
        <message>
            <source>%1 files hold events without times, and may be parts of one table or data sets of their own</source>
            <translation>%1 个文件含没有时间的事件，可能是同一张表的各部分，也可能是各自独立的数据集</translation>
        </message>
        <message>
            <source>Give one of them, or the parts of one table in their order</source>
            <translation>请给出其中一个，或按顺序给出同一张表的各部分</translation>
        </message>
        <message>
            <source>its member %1 is an archive or compressed itself</source>
            <translation>其中的文件 %1 本身是归档或压缩文件</translation>
        </message>
        <message>
            <source>Unpack the outer one, and give what was in it</source>
            <translation>请解开外层，再给出里面的文件</translation>
        </message>
        <message>
            <source>cannot list the folder: %1</source>
            <translation>无法列出文件夹：%1</translation>
        </message>
        <message>
            <source>the folder holds no file</source>
            <translation>文件夹中没有文件</translation>
        </message>
        <message>
            <source>Give one of the folders in it</source>
            <translation>请选择其中的一个文件夹</translation>
        </message>
        <message>
            <source>a row of more than 16 MiB begins here</source>
            <translation>此处开始的一行超过 16 MiB</translation>
        </message>
        <message>
            <source>Is a quote left open, or is this not a text file?</source>
            <translation>是否有引号未闭合，或者这不是文本文件？</translation>
        </message>
        <message>
            <source>the digits are dates</source>
            <translation>这些数字是日期</translation>
        </message>
        <message>
            <source>as %1 they are dates of our time</source>
            <translation>按%1读是当代的日期</translation>
        </message>
        <message>
            <source>numbers that are no dates keep their order</source>
            <translation>不是日期的数字只保持先后</translation>
        </message>
        <message>
            <source>'%1' is no moment</source>
            <translation>“%1”不是时刻</translation>
        </message>
        <message>
            <source>Write it as 2015-03-31 or 2015-03-31 14:30:00, with a zone as +02:00 where it is not UTC</source>
            <translation>请写作 2015-03-31 或 2015-03-31 14:30:00；若非 UTC，请加时区，如 +02:00</translation>
        </message>
        <message>
            <source>they read as %1</source>
            <translation>可读作 %1</translation>
        </message>
        <message>
            <source>a list of more than a million entries</source>
            <translation>列表超过一百万项</translation>
        </message>
        <message>
            <source>a list that was cut when it was written</source>
            <translation>写出时被截断的列表</translation>
        </message>
        <message>
            <source>a list without items</source>
            <translation>没有物品的列表</translation>
        </message>
        <message>
            <source>lists of different lengths</source>
            <translation>列表长度不一致</translation>
        </message>
        <message>
            <source>it holds lists, of which each entry becomes an event</source>
            <translation>其中是列表，列表的每一项各成一个事件</translation>
        </message>
        <message>
            <source>the date of %1 with the time of day of %2</source>
            <translation>%1 的日期与 %2 的时刻合为一个时间</translation>
        </message>
        <message>
            <source>'%1' is no weight of events</source>
            <translation>“%1”不是事件权重</translation>
        </message>
        <message>
            <source>Give value, log, or types with their weights, as view=1, cart=3, buy=5</source>
            <translation>请给出 value、log，或各类型及其权重，如 view=1, cart=3, buy=5</translation>
        </message>
        <message>
            <source>the export was stopped</source>
            <translation>导出已停止</translation>
        </message>
        <message>
            <source>LibTorch could not write the script module: %1</source>
            <translation>LibTorch 无法写出脚本模块：%1</translation>
        </message>
        <message>
            <source>out of memory</source>
            <translation>内存不足</translation>
        </message>
        <message>
            <source>Lower batch, width or max_length</source>
            <translation>请减小 batch、width 或 max_length</translation>
        </message>
        <message>
            <source>internal error: %1</source>
            <translation>内部错误：%1</translation>
        </message>
        <message>
            <source>something that is no exception was thrown</source>
            <translation>抛出了一个不是异常的东西</translation>
        </message>
        <message>
            <source>the evaluation was stopped</source>
            <translation>评估已停止</translation>
        </message>
        <message>
            <source>the model's scores are not numbers</source>
            <translation>模型的分数不是数字</translation>
        </message>
        <message>
            <source>Train again with a smaller learning_rate, or with clip</source>
            <translation>请用更小的学习率或设置梯度裁剪后重新训练</translation>
        </message>
        <message>
            <source>no layer %1</source>
            <translation>没有第 %1 层</translation>
        </message>
        <message>
            <source>The model has layers 1 to %1</source>
            <translation>模型有第 1 到第 %1 层</translation>
        </message>
        <message>
            <source>no head %1</source>
            <translation>没有第 %1 头</translation>
        </message>
        <message>
            <source>The model has heads 1 to %1; mean is their mean</source>
            <translation>模型有第 1 到第 %1 头；mean 为其平均</translation>
        </message>
        <message>
            <source>the exam of planted causes was stopped</source>
            <translation>植入原因的检验已停止</translation>
        </message>
        <message>
            <source>no such file</source>
            <translation>没有这个文件</translation>
        </message>
        <message>
            <source>Check the path</source>
            <translation>请检查路径</translation>
        </message>
        <message>
            <source>this is a pipe or a device: a file is looked into before it is read</source>
            <translation>这是管道或设备：读取前需要先查看文件</translation>
        </message>
        <message>
            <source>Write it into a file first</source>
            <translation>请先写入文件</translation>
        </message>
        <message>
            <source>this is a folder, not a data file</source>
            <translation>这是文件夹，不是数据文件</translation>
        </message>
        <message>
            <source>Ask its owner for permission to read it</source>
            <translation>请向其所有者申请读取权限</translation>
        </message>
        <message>
            <source>the file is empty</source>
            <translation>文件为空</translation>
        </message>
        <message>
            <source>Choose a file with events in it</source>
            <translation>请选择含有事件的文件</translation>
        </message>
        <message>
            <source>the archive holds a path that leads out of it: %1</source>
            <translation>压缩包中有一个指向包外的路径：%1</translation>
        </message>
        <message>
            <source>Get the archive from somewhere else</source>
            <translation>请从别处获取这个压缩包</translation>
        </message>
        <message>
            <source>the archive is encrypted</source>
            <translation>归档文件已加密</translation>
        </message>
        <message>
            <source>Unpack it, and give the file that was in it</source>
            <translation>请先解压，再提供其中的文件</translation>
        </message>
        <message>
            <source>cannot decompress: %1</source>
            <translation>无法解压：%1</translation>
        </message>
        <message>
            <source>unknown error</source>
            <translation>未知错误</translation>
        </message>
        <message>
            <source>The file is damaged or was cut short; get it again</source>
            <translation>文件已损坏或不完整；请重新获取</translation>
        </message>
        <message>
            <source>Events do not pack so well; unpack it yourself if you trust it</source>
            <translation>事件数据不会压缩到这种程度；如果信任该文件，请自行解压</translation>
        </message>
        <message>
            <source>no member '%1' in the archive</source>
            <translation>压缩包中没有成员“%1”</translation>
        </message>
        <message>
            <source>It holds %1</source>
            <translation>其中有 %1</translation>
        </message>
        <message>
            <source>no member '%1': this is no archive</source>
            <translation>没有成员“%1”：这不是压缩包</translation>
        </message>
        <message>
            <source>the archive holds no file</source>
            <translation>压缩包中没有文件</translation>
        </message>
        <message>
            <source>the file became shorter while it was read</source>
            <translation>文件在读取过程中变短了</translation>
        </message>
        <message>
            <source>Wait until it is written, then open it again</source>
            <translation>请等文件写完，然后重新打开</translation>
        </message>
        <message>
            <source>it begins with its mark</source>
            <translation>以其字节顺序标记开头</translation>
        </message>
        <message>
            <source>every other byte is zero</source>
            <translation>每隔一个字节为零</translation>
        </message>
        <message>
            <source>all of its first bytes are UTF-8</source>
            <translation>开头的字节全部是 UTF-8</translation>
        </message>
        <message>
            <source>most of its first characters are UTF-8</source>
            <translation>开头的字符大多是 UTF-8</translation>
        </message>
        <message>
            <source>bytes over 127 stand two by two</source>
            <translation>大于 127 的字节两两成对</translation>
        </message>
        <message>
            <source>it is not UTF-8, and has bytes that Windows-1252 has not</source>
            <translation>不是 UTF-8，且含 Windows-1252 没有的字节</translation>
        </message>
        <message>
            <source>it is not UTF-8</source>
            <translation>不是 UTF-8</translation>
        </message>
        <message>
            <source>this JSON is not an object</source>
            <translation>此 JSON 不是对象</translation>
        </message>
        <message>
            <source>'%1' is no value for %2</source>
            <translation>“%1”不是 %2 的有效值</translation>
        </message>
        <message>
            <source>It takes an object</source>
            <translation>应为对象</translation>
        </message>
        <message>
            <source>the file has no '%1'</source>
            <translation>文件缺少“%1”</translation>
        </message>
        <message>
            <source>It takes an integer from %1 to %2</source>
            <translation>应为 %1 到 %2 的整数</translation>
        </message>
        <message>
            <source>It takes a number from %1 to %2</source>
            <translation>应为 %1 到 %2 的数</translation>
        </message>
        <message>
            <source>It takes a text of at most %1 bytes</source>
            <translation>应为最多 %1 字节的文本</translation>
        </message>
        <message>
            <source>It takes letters, digits and signs of ASCII</source>
            <translation>应为 ASCII 字母、数字和符号</translation>
        </message>
        <message>
            <source>It takes a list of at most %1 entries</source>
            <translation>应为最多 %1 项的列表</translation>
        </message>
        <message>
            <source>It takes at most %1 numbers</source>
            <translation>最多可有 %1 个数</translation>
        </message>
        <message>
            <source>'%1' is no name in %2</source>
            <translation>“%1”不能作为 %2 中的名称</translation>
        </message>
        <message>
            <source>this file is larger than %1</source>
            <translation>此文件大于 %1</translation>
        </message>
        <message>
            <source>cannot read</source>
            <translation>无法读取</translation>
        </message>
        <message>
            <source>a file of that name is there</source>
            <translation>已有同名文件</translation>
        </message>
        <message>
            <source>cannot create the folder</source>
            <translation>无法创建文件夹</translation>
        </message>
        <message>
            <source>Choose a folder that you may write to</source>
            <translation>请选择可写的文件夹</translation>
        </message>
        <message>
            <source>this names no new folder</source>
            <translation>这不是一个新文件夹的名称</translation>
        </message>
        <message>
            <source>Give the folder a name of its own</source>
            <translation>请给文件夹取一个名称</translation>
        </message>
        <message>
            <source>this exists already</source>
            <translation>已经存在</translation>
        </message>
        <message>
            <source>Choose another name, or replace it (--force)</source>
            <translation>换一个名字，或替换它（--force）</translation>
        </message>
        <message>
            <source>this exists and holds something else: there is no %1 in it</source>
            <translation>已经存在且内容不同：其中没有 %1</translation>
        </message>
        <message>
            <source>Choose another name; only its own kind is replaced</source>
            <translation>请换一个名称；只会替换同类内容</translation>
        </message>
        <message>
            <source>this JSON holds more than %1 values</source>
            <translation>此 JSON 的值超过 %1 个</translation>
        </message>
        <message>
            <source>this JSON is nested more than %1 deep</source>
            <translation>此 JSON 的嵌套超过 %1 层</translation>
        </message>
        <message>
            <source>this JSON has the key '%1' twice</source>
            <translation>此 JSON 中键“%1”出现两次</translation>
        </message>
        <message>
            <source>an object of this JSON has more than %1 keys</source>
            <translation>此 JSON 的一个对象有超过 %1 个键</translation>
        </message>
        <message>
            <source>this is not valid JSON near line %1</source>
            <translation>第 %1 行附近不是有效的 JSON</translation>
        </message>
        <message>
            <source>a number in this JSON is too large</source>
            <translation>此 JSON 中有过大的数字</translation>
        </message>
        <message>
            <source>this JSON file is larger than %1</source>
            <translation>此 JSON 文件大于 %1</translation>
        </message>
        <message>
            <source>no schema number: this is not a file of Fovea</source>
            <translation>没有格式版本号：这不是 Fovea 的文件</translation>
        </message>
        <message>
            <source>written by a newer Fovea (schema %1; this one reads up to %2)</source>
            <translation>由更新版本的 Fovea 写成（格式 %1；本版本最多读到 %2）</translation>
        </message>
        <message>
            <source>Update Fovea to open it</source>
            <translation>请更新 Fovea 后打开</translation>
        </message>
        <message>
            <source>impossible schema number %1</source>
            <translation>不可能的格式版本号 %1</translation>
        </message>
        <message>
            <source>Write it with numpy.save: one or two dimensions of float32, float64 or whole numbers</source>
            <translation>请用 numpy.save 写出：一维或二维的 float32、float64 或整数</translation>
        </message>
        <message>
            <source>the .npy file has no shape</source>
            <translation>.npy 文件没有形状</translation>
        </message>
        <message>
            <source>the shape of the .npy file contains '%1'</source>
            <translation>.npy 文件的形状含有“%1”</translation>
        </message>
        <message>
            <source>this is no .npy file</source>
            <translation>这不是 .npy 文件</translation>
        </message>
        <message>
            <source>the .npy file has the unknown version %1</source>
            <translation>.npy 文件的版本 %1 未知</translation>
        </message>
        <message>
            <source>the .npy file is cut short</source>
            <translation>.npy 文件不完整</translation>
        </message>
        <message>
            <source>the .npy file holds numbers of the type %1</source>
            <translation>.npy 文件中的数字类型是 %1</translation>
        </message>
        <message>
            <source>the .npy file is in Fortran's order</source>
            <translation>.npy 文件按 Fortran 顺序存储</translation>
        </message>
        <message>
            <source>Write numpy.ascontiguousarray of it</source>
            <translation>请先用 numpy.ascontiguousarray 转换再保存</translation>
        </message>
        <message>
            <source>the .npy file has %1 dimensions</source>
            <translation>.npy 文件有 %1 个维度</translation>
        </message>
        <message>
            <source>the .npy file is empty</source>
            <translation>.npy 文件为空</translation>
        </message>
        <message>
            <source>damaged tensor file: %1</source>
            <translation>张量文件已损坏：%1</translation>
        </message>
        <message>
            <source>Restore the file from a copy, or make it again</source>
            <translation>请从备份恢复该文件，或重新生成</translation>
        </message>
        <message>
            <source>the shape or the offsets of '%1' are not a list</source>
            <translation>“%1”的形状或偏移量不是列表</translation>
        </message>
        <message>
            <source>element type '%1' of '%2' is not known</source>
            <translation>“%2”的元素类型“%1”未知</translation>
        </message>
        <message>
            <source>the extent of '%1' does not fit the file</source>
            <translation>“%1”的范围与文件不符</translation>
        </message>
        <message>
            <source>'%1' overlaps another tensor or leaves a hole before it</source>
            <translation>“%1”与另一张量重叠，或在其前留有空隙</translation>
        </message>
        <message>
            <source>data after the last tensor</source>
            <translation>最后一个张量之后还有数据</translation>
        </message>
        <message>
            <source>no column '%1' of the right type</source>
            <translation>没有类型正确的列“%1”</translation>
        </message>
        <message>
            <source>%1 tensors are more than a file can have (%2)</source>
            <translation>%1 个张量超过一个文件的上限（%2）</translation>
        </message>
        <message>
            <source>Take fewer columns</source>
            <translation>请减少列数</translation>
        </message>
        <message>
            <source>it ends before its header</source>
            <translation>文件在头部之前就结束了</translation>
        </message>
        <message>
            <source>its header does not fit</source>
            <translation>头部与文件不符</translation>
        </message>
        <message>
            <source>its header has another layout</source>
            <translation>头部的布局不同</translation>
        </message>
        <message>
            <source>its checksum does not match</source>
            <translation>校验和不符</translation>
        </message>
        <message>
            <source>it has no checksum</source>
            <translation>没有校验和</translation>
        </message>
        <message>
            <source>the checkpoint has '%1', which the model has not</source>
            <translation>检查点含有模型没有的“%1”</translation>
        </message>
        <message>
            <source>the checkpoint has no '%1' of the model's shape</source>
            <translation>检查点中没有与模型形状相符的“%1”</translation>
        </message>
        <message>
            <source>'%1' in the checkpoint has numbers that it cannot have</source>
            <translation>检查点中“%1”的数值不合法</translation>
        </message>
        <message>
            <source>Weights are finite, and squares not negative. Take an earlier checkpoint</source>
            <translation>权重必须有限，平方值不能为负。请使用更早的检查点</translation>
        </message>
        <message>
            <source>the checkpoint has %1 bytes, and the model of this run %2 numbers</source>
            <translation>检查点有 %1 字节，而本次运行的模型有 %2 个数</translation>
        </message>
        <message>
            <source>training would take about %1 of memory; %2 are free</source>
            <translation>训练约需 %1 内存；可用 %2</translation>
        </message>
        <message>
            <source>%1 would fit</source>
            <translation>%1 可以放下</translation>
        </message>
        <message>
            <source>Free some memory, or import fewer items (min_item_events)</source>
            <translation>请释放一些内存，或导入更少的物品（min_item_events）</translation>
        </message>
        <message>
            <source>cannot write the metrics</source>
            <translation>无法写入指标</translation>
        </message>
        <message>
            <source>Free some space, then resume the run</source>
            <translation>请腾出空间，然后继续运行</translation>
        </message>
        <message>
            <source>no model is at hand</source>
            <translation>没有可用的模型</translation>
        </message>
        <message>
            <source>Train one or open a run</source>
            <translation>请训练一个模型，或打开一次运行</translation>
        </message>
        <message>
            <source>model = %1 learns ratings, but the data set has none</source>
            <translation>model = %1 学习评分，但数据集中没有评分</translation>
        </message>
        <message>
            <source>Import the data with a column of values, or train another model</source>
            <translation>导入带有取值列的数据，或训练其他模型</translation>
        </message>
        <message>
            <source>no user has enough events to train on</source>
            <translation>没有用户有足够的事件可供训练</translation>
        </message>
        <message>
            <source>Leave-one-out keeps two events of each user for validation and test</source>
            <translation>留一法为每个用户留出两个事件用于验证和测试</translation>
        </message>
        <message>
            <source>no user has the three events that validation needs</source>
            <translation>没有用户有验证所需的三个事件</translation>
        </message>
        <message>
            <source>Import more data</source>
            <translation>请导入更多数据</translation>
        </message>
        <message>
            <source>integer</source>
            <translation>整数</translation>
        </message>
        <message>
            <source>%1 must be an integer between %2 and %3, not '%4'</source>
            <translation>%1 必须是 %2 到 %3 之间的整数，不能是“%4”</translation>
        </message>
        <message>
            <source>%1 must be between %2 and %3, not '%4'</source>
            <translation>%1 必须在 %2 到 %3 之间，不能是“%4”</translation>
        </message>
        <message>
            <source>It takes %1</source>
            <translation>应为 %1 之一</translation>
        </message>
        <message>
            <source>Did you mean '%1'? It takes %2</source>
            <translation>是否指“%1”？应为 %2 之一</translation>
        </message>
        <message>
            <source>no parameter '%1'</source>
            <translation>没有参数“%1”</translation>
        </message>
        <message>
            <source>fovea parameters lists them</source>
            <translation>fovea parameters 会列出所有参数</translation>
        </message>
        <message>
            <source>Did you mean '%1'?</source>
            <translation>是否指“%1”？</translation>
        </message>
        <message>
            <source>'%1' cannot change while a run is paused</source>
            <translation>“%1”不能在暂停时更改</translation>
        </message>
        <message>
            <source>the configuration is not a JSON object</source>
            <translation>配置不是 JSON 对象</translation>
        </message>
        <message>
            <source>this is no checkpoint: it has no state</source>
            <translation>这不是检查点：其中没有状态</translation>
        </message>
        <message>
            <source>the checkpoint stands at step %1, which is not step %2 of epoch %3 of this run</source>
            <translation>检查点位于第 %1 步，与本次运行第 %3 轮的第 %2 步不符</translation>
        </message>
        <message>
            <source>It belongs to another configuration, or is damaged</source>
            <translation>它属于另一个配置，或已损坏</translation>
        </message>
        <message>
            <source>width %1 is not divisible by %2 heads (try %3, or width %4)</source>
            <translation>宽度 %1 不能被 %2 个头整除（可用 %3 个头，或宽度 %4）</translation>
        </message>
        <message>
            <source>%1 or %2</source>
            <translation>%1 或 %2</translation>
        </message>
        <message>
            <source>%1/%2</source>
            <translation>%1/%2</translation>
        </message>
        <message>
            <source>width</source>
            <translation>宽度</translation>
        </message>
        <message>
            <source>loss = %1 does not fit model = %2, which predicts %3</source>
            <translation>损失 %1 不适合模型 %2，该模型预测%3</translation>
        </message>
        <message>
            <source>Leave loss at auto to have %1</source>
            <translation>将 loss 设为 auto 即用 %1</translation>
        </message>
        <message>
            <source>metric = %1 is not measured for model = %2</source>
            <translation>模型 %2 不测量指标 %1</translation>
        </message>
        <message>
            <source>Leave metric at auto, or take one of %1</source>
            <translation>请将 metric 设为 auto，或取 %1 之一</translation>
        </message>
        <message>
            <source>this run</source>
            <translation>此运行</translation>
        </message>
        <message>
            <source>no run is here</source>
            <translation>这里没有运行</translation>
        </message>
        <message>
            <source>Choose another folder, or train one</source>
            <translation>请选择其他文件夹，或训练一个</translation>
        </message>
        <message>
            <source>the run's data set is not there any more</source>
            <translation>该运行的数据集已不在原处</translation>
        </message>
        <message>
            <source>Give its new place (--data)</source>
            <translation>给出它的新位置（--data）</translation>
        </message>
        <message>
            <source>this is not the data set that the run was trained on: its fingerprint differs</source>
            <translation>这不是该运行所用的数据集：指纹不同</translation>
        </message>
        <message>
            <source>Give the right one (--data)</source>
            <translation>给出正确的数据集（--data）</translation>
        </message>
        <message>
            <source>The file was changed or belongs to another Fovea</source>
            <translation>文件被改动过，或属于另一版本的 Fovea</translation>
        </message>
        <message>
            <source>It takes a time as %1</source>
            <translation>应为如 %1 的时间</translation>
        </message>
        <message>
            <source>It takes %1 and others where there is a best epoch</source>
            <translation>有最佳轮次时应包含 %1 等指标</translation>
        </message>
        <message>
            <source>the run has learnt nothing yet</source>
            <translation>该运行还没有学到任何东西</translation>
        </message>
        <message>
            <source>Resume the run, then try again</source>
            <translation>先继续该运行，然后重试</translation>
        </message>
        <message>
            <source>training diverged at step %1 (the loss is not a number)</source>
            <translation>训练在第 %1 步发散（损失不是数）</translation>
        </message>
        <message>
            <source>training diverged at step %1 (the gradient is too large or not a number)</source>
            <translation>训练在第 %1 步发散（梯度过大或不是数字）</translation>
        </message>
        <message>
            <source>training diverged in epoch %1 (%2 is not a number)</source>
            <translation>训练在第 %1 轮发散（%2 不是数字）</translation>
        </message>
        <message>
            <source>the run's folder was removed while it trained</source>
            <translation>运行的文件夹在训练时被删除了</translation>
        </message>
        <message>
            <source>no workspace is here</source>
            <translation>这里没有工作区</translation>
        </message>
        <message>
            <source>this workspace</source>
            <translation>此工作区</translation>
        </message>
        <message>
            <source>no such folder</source>
            <translation>没有这个文件夹</translation>
        </message>
        <message>
            <source>no such user</source>
            <translation>没有这个用户</translation>
        </message>
        <message>
            <source>of the files, %1 seem to hold events, %2 items and %3 users</source>
            <translation>这些文件中，%1 个像是事件，%2 个像是物品，%3 个像是用户</translation>
        </message>
        <message>
            <source>Choose the files of one table of events, with those of its items and users</source>
            <translation>请选择一个事件表的文件，连同其物品和用户的文件</translation>
        </message>
        <message>
            <source>a picture of %1 x %2 pixels is too large</source>
            <translation>%1 x %2 像素的图片太大</translation>
        </message>
        <message>
            <source>Choose a smaller width, or SVG or PDF, which are sharp at any size</source>
            <translation>请选择较小的宽度，或用任意大小都清晰的 SVG、PDF</translation>
        </message>
        <message>
            <source>the picture could not be made</source>
            <translation>无法生成图片</translation>
        </message>
        <message>
            <source>no figure format '%1'</source>
            <translation>没有图形格式“%1”</translation>
        </message>
        <message>
            <source>End the name in .png, .svg or .pdf</source>
            <translation>文件名请以 .png、.svg 或 .pdf 结尾</translation>
        </message>
        <message>
            <source>no space left on device</source>
            <translation>设备上没有剩余空间</translation>
        </message>
        <message>
            <source>permission denied</source>
            <translation>权限不够</translation>
        </message>
        <message>
            <source>read-only file system</source>
            <translation>只读文件系统</translation>
        </message>
        <message>
            <source>is a directory</source>
            <translation>是一个目录</translation>
        </message>
        <message>
            <source>no such file or directory</source>
            <translation>没有那个文件或目录</translation>
        </message>
        <message>
            <source>not a directory</source>
            <translation>不是目录</translation>
        </message>
        <message>
            <source>input/output error</source>
            <translation>输入输出错误</translation>
        </message>
        <message>
            <source>disk quota exceeded</source>
            <translation>超出磁盘配额</translation>
        </message>
        <message>
            <source>too many open files</source>
            <translation>打开的文件过多</translation>
        </message>
        <message>
            <source>file name too long</source>
            <translation>文件名过长</translation>
        </message>
        <message>
            <source>operation not permitted</source>
            <translation>不允许的操作</translation>
        </message>
        <message>
            <source>file exists</source>
            <translation>文件已存在</translation>
        </message>
    </context>
</TS>
